import { describe, expect, test } from 'vitest';
import { userIdOf } from '../../src/simulate/line-parts.ts';
import { arrivalCount, type LogPlan, namesAccount } from '../../src/simulate/population.ts';
import { STATES } from '../../src/simulate/states.ts';
import { listenersOf } from './naive-log.ts';

const START = Date.UTC(2018, 9, 1) / 1000;
const plan: LogPlan = { seed: 1, start: START, end: START + 61 * 86_400, users: 900 };
const listeners = listenersOf(plan);
const newcomers = listeners.slice(plan.users - arrivalCount(plan));

describe('the population', () => {
  test('has every account once, and visitors besides', () => {
    const accounts = listeners.map(({ account }) => account).filter((account) => account >= 0);
    expect(accounts.sort((a, b) => a - b)).toEqual(Array.from({ length: 900 }, (_, i) => i));
    expect(newcomers.some(({ account }) => account < 0)).toBe(true);
  });

  test('is two thirds typical, and a ninth each of the other kinds', () => {
    const cohorts = [0, 0, 0, 0];
    for (const { walk } of listeners.slice(0, 885)) cohorts[walk.cohort]++;
    expect(cohorts[0] / 885).toBeCloseTo(2 / 3, 2);
    for (const cohort of cohorts.slice(1)) expect(cohort / 885).toBeCloseTo(1 / 9, 2);
  });

  test('stands at events of the log, some of them midway through a session that began before it', () => {
    for (const { walk } of listeners) {
      expect(walk.time).toBeGreaterThanOrEqual(plan.start);
      expect(walk.time).toBeLessThan(plan.end);
    }
    const midway = listeners.filter(({ walk }) => walk.itemInSession > 0);
    expect(midway.length).toBeGreaterThan(10);
  });

  test('registered before the log, 36 days on average, but for the newcomers', () => {
    const members = listeners.slice(0, plan.users - arrivalCount(plan));
    const ages = members.map(({ registration }) => (plan.start - registration) / 86_400);
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(0);
    const mean = ages.reduce((a, b) => a + b, 0) / ages.length;
    expect(mean).toBeGreaterThan(32);
    expect(mean).toBeLessThan(41);
    for (const { registration } of newcomers) {
      expect(registration).toBeGreaterThanOrEqual(plan.start);
      expect(registration).toBeLessThan(plan.end);
    }
  });

  test('lets newcomers start as guests', () => {
    expect(newcomers.length).toBeGreaterThan(10);
    const guests = newcomers.filter(({ walk }) => STATES[walk.state].auth === 'Guest');
    expect(guests.length / newcomers.length).toBeGreaterThan(0.5);
  });

  test('names an account only where its user is logged in or has just cancelled', () => {
    const named = STATES.filter((_, state) => namesAccount[state]).map(({ auth }) => auth);
    expect(new Set(named)).toEqual(new Set(['Logged In', 'Cancelled']));
  });

  test('gives every account an id of seven digits of its own, by the seed', () => {
    const ids = Array.from({ length: 20_000 }, (_, account) => userIdOf(plan, account));
    expect(new Set(ids).size).toBe(20_000);
    for (const id of ids) expect(id).toMatch(/^[1-9]\d{6}$/);
    expect(userIdOf({ ...plan, seed: -3 }, 5)).toMatch(/^[1-9]\d{6}$/);
    expect(userIdOf({ ...plan, seed: 2 }, 5)).not.toBe(ids[5]);
  });

  test('is of one even for the shortest log', () => {
    const alone = listenersOf({ seed: 1, start: START, end: START + 86_400, users: 1 });
    expect(alone).toHaveLength(1);
  });
});
