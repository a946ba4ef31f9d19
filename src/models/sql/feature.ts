import { identifier, literal } from '../../engine/sql.ts';
import { InputError } from '../../errors.ts';
import { withoutCalibration } from '../calibration/model.ts';
import type { MemberModel } from '../member.ts';
import type { Model } from '../model.ts';
import { UNKNOWN } from '../preparation/preparation.ts';
import { double } from './number.ts';

/**
 * A feature as the model takes it: a number, or the code of a category's level; NULL where it is missing.
 * @throws InputError where members of a stack take it differently.
 */
export function featureSql(model: Model, name: string): string {
  const { levels, unknown } = intakeOf(model, name);
  const column = identifier(name);
  if (levels === undefined) return `nullif(cast(${column} as double), ${double(Number.NaN)})`;
  const codes = levels.map((level, code) => `when ${literal(level)} then ${double(code)}`);
  const code =
    levels.length === 0 ? unknown : `case cast(${column} as string) ${codes.join(' ')} else ${unknown} end`;
  return `case when ${column} is not null then ${code} end`;
}

/** How a model takes a feature: as a number where there are no levels. */
interface Intake {
  readonly levels: readonly string[] | undefined;
  /** The code of a text that is no level, as SQL. */
  readonly unknown: string;
}

/** @throws InputError where members of a stack disagree. */
function intakeOf(model: Model, feature: string): Intake {
  const within = withoutCalibration(model);
  const users = (within.kind === 'stack' ? within.members : [within]).filter(({ features }) =>
    features.includes(feature),
  );
  const [first, ...others] = users.map((user) => memberIntake(user, user.features.indexOf(feature)));
  if (others.some((one) => JSON.stringify(one) !== JSON.stringify(first))) {
    throw new InputError(
      `The members of the stack take the feature "${feature}" differently: predict in memory instead.`,
    );
  }
  return first;
}

/** A preparation tells a level that it does not know from a missing one, other models do not. */
function memberIntake(member: MemberModel, place: number): Intake {
  if (member.kind === 'prepared') {
    const { levels } = member.preparation.inputs[place];
    return { levels, unknown: double(UNKNOWN) };
  }
  const levels = 'levels' in member ? (member.levels?.[place] ?? undefined) : undefined;
  return { levels, unknown: NULL };
}

const NULL = 'cast(null as double)';
