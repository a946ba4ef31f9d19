export type { Audit } from './audit/audit.ts';
export type { Finding } from './audit/finding.ts';
export { loadDefinition, parseDefinition } from './definition/load.ts';
export type { Definition } from './definition/schema.ts';
export { sparkify } from './definition/sparkify.ts';
export { type Effects, type ProgressEvent, silentEffects } from './effects.ts';
export { openDuckdb } from './engine/duckdb/engine.ts';
export type { Engine } from './engine/engine.ts';
export {
  AuditError,
  EngineError,
  InputError,
  InterruptedError,
  NothingToLearnError,
  RefrainError,
  UsageError,
} from './errors.ts';
export { bootstrapMetrics, pairedDifference } from './evaluation/bootstrap.ts';
export { compareModels } from './evaluation/compare-models.ts';
export type { Interval } from './evaluation/intervals.ts';
export { evaluate, type Metrics } from './evaluation/metrics.ts';
export { averagePrecision, rocAuc } from './evaluation/ranking-metrics.ts';
export { kaplanMeier } from './evaluation/survival.ts';
export { cumulativeIncidence } from './evaluation/survival-incidence.ts';
export { type RiskMetrics, riskMetrics } from './evaluation/survival-metrics.ts';
export { chooseThreshold } from './evaluation/threshold.ts';
export { accumulatedLocalEffects } from './explanation/accumulated-local-effects.ts';
export { attribute } from './explanation/attribute.ts';
export { attributeAgainst } from './explanation/attribute-against.ts';
export { attributeInThreads } from './explanation/attribute-in-threads.ts';
export { interactions } from './explanation/interactions.ts';
export { partialDependence } from './explanation/partial-dependence.ts';
export { permutationImportance } from './explanation/permutation.ts';
export { tallyMetric } from './explanation/tally-metric.ts';
export { featureCatalogue } from './features/catalogue.ts';
export type { Feature } from './features/feature.ts';
export type { Accounting, BadRowLimit } from './ingest/accounting.ts';
export { applyCalibrator, type Calibrator } from './models/calibration/calibrator.ts';
export { fitCalibrator } from './models/calibration/fit-calibrator.ts';
export { continueBoosting } from './models/gradient-boosting/learner.ts';
export { fitHazard, type HazardModel, type HazardSettings } from './models/hazard/hazard.ts';
export { riskByDay } from './models/hazard/risk-by-day.ts';
export type { Watched } from './models/hazard/watched.ts';
export type { Learner } from './models/learner.ts';
export { type LearnerName, learners } from './models/learners.ts';
export type { Examples, Matrix } from './models/matrix.ts';
export { type Model, predict } from './models/model.ts';
export { parseModel, stringifyModel } from './models/model-json.ts';
export { modelOnnx, type OnnxNotes } from './models/onnx/model-onnx.ts';
export { type OutOfBag, outOfBag } from './models/random-forest/out-of-bag.ts';
export { type ModelSqlTarget, modelSql } from './models/sql/model-sql.ts';
export { fitBlend } from './models/stack/blend.ts';
export { fitStack } from './models/stack/learner.ts';
export { type Bar, type BarChart, barChart } from './notebook/bar-chart.ts';
export type { Displayed } from './notebook/display.ts';
export { type HtmlTableOptions, htmlTable } from './notebook/html-table.ts';
export { type Line, type LineChart, type LinePoint, lineChart } from './notebook/line-chart.ts';
export { type AuditSettings, audit } from './pipeline/audit/audit.ts';
export { defaultAuditSettings } from './pipeline/audit/settings.ts';
export { type ExploreSettings, exploreLog } from './pipeline/explore-log.ts';
export type { Manifest } from './pipeline/manifest.ts';
export { version } from './pipeline/manifest.ts';
export { type RunResult, run } from './pipeline/run.ts';
export { type Scored, type ScoreSettings, scoreLog } from './pipeline/score-log.ts';
export {
  defaultLearnSettings,
  defaultReadSettings,
  type LearnSettings,
  type ReadSettings,
  type RunSettings,
} from './pipeline/settings.ts';
export { type FitRecord, fitRecords } from './pipeline/tables/fit-record.ts';
export { fitTable } from './pipeline/tables/fit-table.ts';
export type { FittedTable } from './pipeline/tables/fitted-table.ts';
export { type PredictedTable, predictTable } from './pipeline/tables/predict-table.ts';
export { defaultFitSettings, type FitTableSettings } from './pipeline/tables/settings.ts';
export {
  type Evaluated,
  type EvaluatedModel,
  type EvaluateSettings,
  evaluateRun,
} from './pipeline/truth/evaluate-run.ts';
export { simulateWithTruth, type TruthOptions } from './pipeline/truth/simulate-with-truth.ts';
export { loadScenario, parseScenario } from './simulate/load-scenario.ts';
export type { Scenario } from './simulate/scenario.ts';
export { type SimulateResult, simulate } from './simulate/simulate.ts';
export type { SimulateOptions } from './simulate/simulate-options.ts';
export { type Column, columnOf, numbersOf, recordsOf, stringsOf, type Table } from './table/table.ts';
export type { Fold, TuningData } from './tuning/fold-fit.ts';
export { type TuneSettings, tune } from './tuning/tune.ts';
export type { Tuned } from './tuning/tuned.ts';
