/** What tuning may choose for one setting. */
export type Dimension<Value = SettingValue> = Range | Choice<Value>;

/** Both ends belong to it. A logarithmic one must be positive: there a factor counts alike everywhere. */
export interface Range {
  readonly kind: 'number' | 'integer';
  readonly low: number;
  readonly high: number;
  readonly scale: 'linear' | 'log';
}

/** Values without an order. */
interface Choice<Value = SettingValue> {
  readonly kind: 'choice';
  readonly values: readonly Value[];
}

export type SettingValue = number | string | boolean | readonly number[];

/** Whether a value of a setting is of a kind that a space may hold. */
export function isSettingValue(value: unknown): value is SettingValue {
  if (Array.isArray(value)) return value.every((item) => typeof item === 'number');
  return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean';
}

/** By setting; settings that are absent keep their default. */
export type SearchSpace<Settings = Readonly<Record<string, SettingValue>>> = {
  readonly [K in keyof Settings]?: Dimension<Extract<Settings[K], SettingValue>>;
};
