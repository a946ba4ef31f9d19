import type { Definition } from '../definition/schema.ts';
import { logFields } from '../ingest/fields.ts';

/** As many as the kernel has room for. */
const maxSlots = 64;

/**
 * What the value of a key must be. `iso` is a text that is a time; `ignored` may be any scalar. Numbers that may be quoted
 * are `quoted`.
 */
export type SlotType = 'text' | 'id' | 'number' | 'quoted' | 'iso' | 'ignored';

/** A key of the log's lines that the definition names, with all parts that it plays in it. */
export interface Slot {
  readonly key: string;
  readonly type: SlotType;
  readonly names: readonly string[];
}

/** The definition's keys; undefined when they are too many, or one is to be both a number and a text. */
export function slotsOf(definition: Definition): readonly Slot[] | undefined {
  const { columns } = definition;
  const isoNames = [
    ...(columns.time.unit === 'iso' ? ['time'] : []),
    ...(columns.registered?.unit === 'iso' ? ['registered'] : []),
  ];
  const byKey = new Map<string, { type: SlotType; names: string[] }>();
  for (const { name, key, type, quoted } of logFields(definition)) {
    const own = isoNames.includes(name) ? 'iso' : quoted ? 'quoted' : type;
    const slot = byKey.get(key);
    if (slot === undefined) byKey.set(key, { type: own, names: [name] });
    else {
      const both = typeOfBoth(slot.type, own);
      if (both === undefined) return undefined;
      slot.type = both;
      slot.names.push(name);
    }
  }
  if (byKey.size > maxSlots) return undefined;
  return [...byKey].map(([key, { type, names }]) => ({ key, type, names }));
}

function typeOfBoth(one: SlotType, other: SlotType): SlotType | undefined {
  if (one === other) return one;
  const pair = new Set([one, other]);
  return pair.has('text') && pair.has('id') ? 'text' : undefined;
}
