import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { ReportScores, ReportUser } from './report-user.ts';
import { scaleOf } from './score-scale.ts';

/** Users of a block: one that is opened costs the page the unpacking of a block, some milliseconds. */
const usersOfBlock = 256;

/** Everyone at risk, gzipped JSON in base64. */
export interface PackedUsers {
  /** `PackedScores`: what the list shows. */
  readonly scores: string;
  /** `PackedBlock`s of users in the order of the list, a line each: what a user's page shows. */
  readonly blocks: string;
}

/** The score list by column, likeliest first. A text, plan or device is an index into the texts of its column. */
export interface PackedScores {
  /** Whether the names are pseudonyms. */
  readonly pseudonyms: boolean;
  readonly name: readonly string[];
  readonly probability: readonly number[];
  readonly plan: PackedTexts;
  readonly device: PackedTexts;
  readonly reason: PackedTexts;
  /** Row i's reasons are those from `firstReason[i]` up to `firstReason[i + 1]`. */
  readonly firstReason: readonly number[];
  readonly usersOfBlock: number;
}

export interface PackedTexts {
  readonly texts: readonly string[];
  readonly index: readonly number[];
}

/** Users by column; those of one user follow each other, as many as `contributions` and `days` say. */
export interface PackedBlock {
  readonly contributions: readonly number[];
  readonly feature: readonly number[];
  readonly value: readonly number[];
  /** In units of 1 / scale; with `others` and the base, rounded alike, they add up to `score` to the digit. */
  readonly contribution: readonly number[];
  readonly others: readonly number[];
  readonly score: readonly number[];
  readonly days: readonly number[];
  /** Days since the user's day before, or since the log's first. */
  readonly step: readonly number[];
  /** By measure. */
  readonly counts: readonly (readonly number[])[];
  readonly plan: PackedTexts;
  /** By user: by how many hundredths of a percent the risk grows from one day of the curve to the next. */
  readonly risk: readonly (readonly number[])[];
}

/** Packs the users in their order, a block at a time, so that they need not be in memory all at once. */
export async function packUsers(
  users: AsyncIterable<ReportUser> | Iterable<ReportUser>,
  { unit, base, measures }: Pick<ReportScores, 'unit' | 'base' | 'measures'>,
  pseudonyms: boolean,
): Promise<PackedUsers> {
  const list = new ScoreList(pseudonyms);
  const blocks: Promise<string>[] = [];
  let block: ReportUser[] = [];
  const close = () => {
    if (block.length > 0) blocks.push(packed(packBlock(block, base, scaleOf[unit], measures.length)));
    block = [];
  };
  for await (const user of users) {
    list.add(user);
    block.push(user);
    if (block.length === usersOfBlock) close();
  }
  close();
  return { scores: await packed(list.packed()), blocks: (await Promise.all(blocks)).join('\n') };
}

/** What packing leaves when nobody was scored. */
export function packNobody(): Promise<PackedUsers> {
  return packUsers([], { unit: 'log-odds', base: 0, measures: [] }, true);
}

class ScoreList {
  readonly #pseudonyms: boolean;
  readonly #name: string[] = [];
  readonly #probability: number[] = [];
  readonly #plan = new Texts();
  readonly #device = new Texts();
  readonly #reason = new Texts();
  readonly #firstReason = [0];

  constructor(pseudonyms: boolean) {
    this.#pseudonyms = pseudonyms;
  }

  /** Probabilities are rounded to six decimals: the page shows fewer, `scores.csv` holds them all. */
  add({ name, probability, plan, device, reasons }: ReportUser): void {
    this.#name.push(name);
    this.#probability.push(Math.round(probability * 1e6) / 1e6);
    this.#plan.add(plan);
    this.#device.add(device);
    for (const reason of reasons) this.#reason.add(reason);
    this.#firstReason.push(this.#reason.index.length);
  }

  packed(): PackedScores {
    return {
      pseudonyms: this.#pseudonyms,
      name: this.#name,
      probability: this.#probability,
      plan: this.#plan.packed(),
      device: this.#device.packed(),
      reason: this.#reason.packed(),
      firstReason: this.#firstReason,
      usersOfBlock,
    };
  }
}

/** A column of texts, each of which is kept once. */
class Texts {
  readonly index: number[] = [];
  readonly #places = new Map<string, number>();

  add(text: string): void {
    const known = this.#places.get(text);
    if (known === undefined) this.#places.set(text, this.#places.size);
    this.index.push(known ?? this.#places.size - 1);
  }

  packed(): PackedTexts {
    return { texts: [...this.#places.keys()], index: this.index };
  }
}

function packBlock(users: readonly ReportUser[], base: number, scale: number, measures: number): PackedBlock {
  const plan = new Texts();
  const counts = Array.from({ length: measures }, (): number[] => []);
  const [feature, value, contribution]: [number[], number[], number[]] = [[], [], []];
  const step: number[] = [];
  for (const user of users) {
    for (const one of user.contributions) {
      feature.push(one.feature);
      value.push(fourDigits(one.value));
      contribution.push(Math.round(one.contribution * scale));
    }
    let before = 0;
    for (const day of user.days) {
      step.push(day.day - before);
      before = day.day;
      plan.add(day.plan);
      for (let j = 0; j < measures; j++) counts[j].push(day.counts[j]);
    }
  }
  const sums = users.map((user) => roundedSums(user, base, scale));
  return {
    contributions: users.map((user) => user.contributions.length),
    ...{ feature, value, contribution },
    others: sums.map(({ others }) => others),
    score: sums.map(({ score }) => score),
    days: users.map((user) => user.days.length),
    ...{ step, counts },
    plan: plan.packed(),
    risk: users.map((user) => growth(user.risk.map((risk) => Math.round(risk * 10_000)))),
  };
}

/** Most values are counts, which need no text to be rounded by. */
function fourDigits(value: number): number {
  return Number.isInteger(value) && Math.abs(value) < 10_000 ? value : Number(value.toPrecision(4));
}

function growth(values: readonly number[]): number[] {
  return values.map((value, i) => value - (values[i - 1] ?? 0));
}

/** The score, and the others as what is left of it, so that what the reader adds up is right to the last digit shown. */
function roundedSums({ contributions, others }: ReportUser, base: number, scale: number) {
  const exact = contributions.reduce((sum, { contribution }) => sum + contribution, base + others);
  const listed = contributions.reduce((sum, { contribution }) => sum + Math.round(contribution * scale), 0);
  const score = Math.round(exact * scale);
  return { score, others: score - Math.round(base * scale) - listed };
}

const gzipAsync = promisify(gzip);

/** At level 9, a hundredth less would take four times as long. */
async function packed(value: PackedScores | PackedBlock): Promise<string> {
  return (await gzipAsync(JSON.stringify(value), { level: 6 })).toString('base64');
}
