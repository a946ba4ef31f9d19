import type { MlHandle, MlParameters } from '../engine/spark/connect/ml-plan.ts';
import type { Relation } from '../engine/spark/connect/relation.ts';
import type { SparkSession } from '../engine/spark/connect/session.ts';
import { cleanUp } from './clean-up.ts';

/** Fits a classifier of Spark's on `features`, `lost` and, where `params` says so, `weight`; the server forgets the model after `use`. */
export async function fitModel<T>(
  session: SparkSession,
  classifier: string,
  params: MlParameters,
  dataset: Relation,
  signal: AbortSignal,
  use: (model: MlHandle) => Promise<T>,
): Promise<T> {
  const columns = { labelCol: 'lost', featuresCol: 'features' };
  const model = await session.ml.fit(
    `org.apache.spark.ml.classification.${classifier}`,
    { ...columns, ...params },
    dataset,
    { signal },
  );
  return cleanUp(
    () => use(model),
    () => session.ml.delete(model),
  );
}
