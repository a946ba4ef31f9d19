import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromBinary } from '@bufbuild/protobuf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sparkify } from '../../src/definition/sparkify.ts';
import { InputError, UsageError } from '../../src/errors.ts';
import { logisticRegression } from '../../src/models/logistic-regression/learner.ts';
import { predict } from '../../src/models/model.ts';
import { parseModel } from '../../src/models/model-json.ts';
import { ModelProtoSchema } from '../../src/models/onnx/gen/onnx/onnx_pb.ts';
import { type ExportSettings, exportModel } from '../../src/pipeline/export-model.ts';
import { modelFileText } from '../../src/pipeline/model-file.ts';
import { tableModelText } from '../../src/pipeline/tables/model-file.ts';
import { numbersOf } from '../../src/table/table.ts';
import { withDuckdb } from '../ingest/ingested.ts';
import { tableOf } from '../models/sql/cases.ts';
import { synthetic } from '../models/synthetic.ts';

const { matrix, ...others } = synthetic(200, 3);
const model = logisticRegression.fit({ matrix, ...others }, logisticRegression.defaults, 1);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refrain-export-'));
  const about = { protocol: 'forecast', leadDays: 1, horizonDays: 14, definition: sparkify } as const;
  await writeFile(join(folder, 'model.json'), modelFileText(about, { threshold: 0.25, model }));
  const table = { label: 'left', classes: { negative: 'no', positive: 'yes' }, columns: [] };
  await writeFile(join(folder, 'table.json'), tableModelText({ ...table, threshold: 0.5, model }));
});
afterAll(() => rm(folder, { recursive: true }));

const exported = (changes: Partial<ExportSettings>) =>
  exportModel({ model: folder, format: 'json', engine: 'duckdb', table: 'features', keep: [], ...changes });

describe('an exported model', () => {
  it('is itself as JSON', async () => {
    const { content, kind, features, modelSha256 } = await exported({});
    expect(parseModel(JSON.parse(String(content)))).toEqual(model);
    expect({ kind, features }).toEqual({ kind: 'logistic-regression', features: 5 });
    expect(modelSha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is a query that says what it gives, and gives it', async () => {
    const { content } = await exported({ format: 'sql', table: 'main.at risk', keep: ['row id'] });
    expect(String(content)).toMatch(
      /^-- Probability of a loss in the 14 days .*\n-- Positive from 0\.25 up\..*\nselect/,
    );
    await withDuckdb(async (engine) => {
      await engine.createTable('at risk', tableOf(matrix));
      const result = await engine.query(`${String(content)} order by "row id"`);
      expect(numbersOf(result, 'probability')).toEqual(predict(model, matrix));
    });
  });

  it('is a query for Spark, which quotes in its own way', async () => {
    const { content } = await exported({
      format: 'sql',
      engine: 'spark',
      table: 'db.at risk',
      keep: ['user'],
    });
    expect(String(content)).toContain('raise_error(');
    expect(String(content)).toMatch(/\nselect kept0 as `user`.* from `db`\.`at risk`\)/);
    expect(String(content)).not.toContain('"');
  });

  it('tells in ONNX what stands where, the threshold, and which model it is', async () => {
    const { content, modelSha256 } = await exported({ format: 'onnx' });
    if (typeof content === 'string') throw new Error('ONNX is no text');
    const { metadataProps, docString, graph } = fromBinary(ModelProtoSchema, content);
    const metadata = Object.fromEntries(metadataProps.map(({ key, value }) => [key, value]));
    expect(metadata).toMatchObject({ threshold: '0.25', modelSha256 });
    expect(JSON.parse(metadata.inputs ?? '')).toEqual({ numbers: matrix.names, categories: [], missing: '' });
    expect(docString).toContain('14 days');
    expect(graph?.output.map(({ name }) => name)).toEqual(['probability']);
  });

  it('may be one of a table', async () => {
    const { content } = await exported({ model: join(folder, 'table.json'), format: 'sql' });
    expect(String(content)).toContain('-- Probability that left is yes.');
  });

  it('needs a model that is there and whole', async () => {
    await expect(exported({ model: join(folder, 'none.json') })).rejects.toThrow(InputError);
    await writeFile(join(folder, 'cut.json'), '{"format":1');
    await expect(exported({ model: join(folder, 'cut.json') })).rejects.toThrow('is not JSON');
    await expect(exported({ format: 'sql', keep: ['Probability'] })).rejects.toThrow(UsageError);
  });
});
