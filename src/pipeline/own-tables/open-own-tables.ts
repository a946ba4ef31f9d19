import type { Definition } from '../../definition/schema.ts';
import type { Engine } from '../../engine/engine.ts';
import { identifier } from '../../engine/sql.ts';
import { InputError } from '../../errors.ts';
import { featureCatalogue } from '../../features/catalogue.ts';
import type { Feature } from '../../features/feature.ts';
import { numbersOf, stringsOf } from '../../table/table.ts';
import { type Context, withEmbeddedEngine } from '../context.ts';
import { openTable, type TableFile } from '../tables/table-file.ts';
import { findRoles } from './find-roles.ts';
import { ownColumns, ownFeatures } from './own-features.ts';
import type { OwnTableSpec } from './own-table-spec.ts';

/** A table of a user's own in the engine, with the features that it gives. */
export interface OwnTable {
  readonly path: string;
  /** Name in the engine: `w_user` (text), `w_at` (epoch ms, only where dated) and the columns `c0`, `c1`, … (doubles). */
  readonly table: string;
  readonly isDated: boolean;
  readonly features: readonly Feature[];
}

/**
 * Reads tables of a user's own, which are files of this machine, into the engine. Of a dated table a feature is the latest value that is
 * dated before the cutoff; of an undated one the value, whatever the cutoff.
 * @param wanted names of features that must come out even if no row has that level of a category, as a saved model wants them.
 * @throws UsageError where a column that is named is not there.
 * @throws InputError when a table cannot be read or joined: no user, two rows of a user at one time, a name that is taken.
 */
export async function openOwnTables(
  context: Pick<Context, 'engine' | 'workFolder' | 'effects'>,
  specs: readonly OwnTableSpec[],
  definition: Definition,
  wanted: readonly string[] = [],
): Promise<OwnTable[]> {
  if (specs.length === 0) return [];
  return withEmbeddedEngine(context, async (reader) => {
    const tables: OwnTable[] = [];
    for (const [i, spec] of specs.entries()) {
      tables.push(await openOwnTable(reader, spec, `own_${i}`, definition, wanted));
    }
    checkNames(tables, definition);
    if (reader !== context.engine) {
      for (const { table } of tables) await sendTable(reader, context.engine, table);
    }
    return tables;
  });
}

/** As a table, not a view: every statement would take what was sent apart again. */
async function sendTable(from: Engine, to: Engine, table: string): Promise<void> {
  const sent = `${table}_sent`;
  await to.createTable(sent, await from.query(`select * from ${table}`));
  await to.createTableAs(table, `select * from ${sent}`);
  await to.drop(sent);
}

async function openOwnTable(
  engine: Engine,
  spec: OwnTableSpec,
  table: string,
  definition: Definition,
  wanted: readonly string[],
): Promise<OwnTable> {
  const file = await openTable(engine, spec.path, new Set([spec.user ?? definition.columns.user, 'user']));
  const roles = findRoles(file, spec, definition.columns.user);
  const columns = await ownColumns(engine, file, roles, wanted);
  const at = roles.date === undefined ? '' : `, epoch_ms(${identifier(roles.date.name)}) as w_at`;
  const values = columns.map(({ sql }, j) => `, cast(${sql} as double) as c${j}`).join('');
  const present = [roles.user, roles.date].flatMap((role) =>
    role === undefined ? [] : [`${identifier(role.name)} is not null`],
  );
  await engine.createTableAs(
    table,
    `select cast(${identifier(roles.user.name)} as varchar) as w_user${at}${values} from ${file.sql} where ${present.join(' and ')}`,
  );
  const isDated = roles.date !== undefined;
  await checkRows(engine, file, table, isDated);
  return { path: spec.path, table, isDated, features: ownFeatures(table, isDated, file.path, columns) };
}

/** @throws InputError when there is no row, or two that say different things of a user at once. */
async function checkRows(
  engine: Engine,
  { path }: TableFile,
  table: string,
  isDated: boolean,
): Promise<void> {
  const key = isDated ? 'w_user, w_at' : 'w_user';
  const [rows] = numbersOf(await engine.query(`select count(*) as n from ${table}`), 'n');
  if (rows === 0)
    throw new InputError(`${path} has no row with a user${isDated ? ' and a date' : ''}.`, { path });
  const twice = stringsOf(
    await engine.query(
      `select w_user from ${table} group by ${key} having count(*) > 1 order by w_user limit 1`,
    ),
    'w_user',
  );
  if (twice.length === 0) return;
  throw new InputError(
    isDated
      ? `${path} has two rows of the user ${JSON.stringify(twice[0])} at one time: which of them is known then? Leave one out.`
      : `${path} has several rows of the user ${JSON.stringify(twice[0])} and no date: name the column of the day or time from which a row is known, as ${path},date=COLUMN.`,
    { path, user: twice[0] },
  );
}

/** Every table of features has these beside them. */
const reserved = ['user', 'cutoff', 'lost'];

function checkNames(tables: readonly OwnTable[], definition: Definition): void {
  const taken = new Map<string, string>([
    ...reserved.map((name) => [name, 'every table of examples'] as const),
    ...featureCatalogue(definition).map(
      ({ name }) => [name.toLowerCase(), 'the catalogue (refrain features)'] as const,
    ),
  ]);
  for (const { path, features } of tables) {
    for (const { name } of features) {
      const owner = taken.get(name.toLowerCase());
      if (owner !== undefined) {
        throw new InputError(
          `The column ${JSON.stringify(name)} of ${path} is called like one of ${owner}: rename it.`,
          { path, column: name },
        );
      }
      taken.set(name.toLowerCase(), path);
    }
  }
}
