import { describe, expect, it } from 'vitest';
import { described } from '../../src/change/describe.js';
import { SERVICES } from '../../src/change/service/services.js';
import { bind } from '../../src/rule/bind.js';
import { rulesWithTests } from '../../src/rule/catalog/load.js';
import { requiredValues } from '../../src/rule/condition/required-values.js';
import { eventOf } from '../support/change.js';

describe('the rules that come with hunt', () => {
  const rules = rulesWithTests(['all']);

  it('find only events that have a describer', () => {
    const missing = rules
      .flatMap(({ tests }) => tests.filter(({ expected }) => expected))
      .map(({ log }) => eventOf(log))
      .filter((event) => described(event) === undefined)
      .map(({ eventSource, eventName }) => `${eventSource} ${eventName}`);
    expect(missing).toEqual([]);
  });

  it('name only calls that have a describer', () => {
    const missing = rules.flatMap((rule) => {
      const { condition } = bind(rule, new Map());
      const names = requiredValues(condition, 'eventName')?.values ?? [];
      const sources = requiredValues(condition, 'eventSource')?.values ?? Object.keys(SERVICES);
      return names
        .filter((name) => !sources.some((source) => isKnown(source, name)))
        .map((name) => `${sources[0]} ${name}`);
    });
    expect(missing).toEqual([]);
  });
});

it('describers have no version of an API in their names, because that is not looked up', () => {
  const names = Object.values(SERVICES).flatMap((all) => all.flatMap((one) => Object.keys(one)));
  expect(names.length).toBeGreaterThan(1000);
  expect(names.filter((name) => withoutVersion(name) !== name)).toEqual([]);
});

function isKnown(eventSource: string, eventName: string): boolean {
  const name = withoutVersion(eventName);
  return (SERVICES[eventSource] ?? []).some((describers) => Object.hasOwn(describers, name));
}

function withoutVersion(eventName: string): string {
  return eventName.replace(/20[0-9_]{6,8}(?:v[0-9]+)?$/, '');
}
