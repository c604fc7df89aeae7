/** Reads JSON that hunt once wrote, and that may be damaged or hostile since: every member is checked. */
import { isObject, type Json, type JsonObject } from './json.js';
import { readInstant } from './time/time.js';

/** Reads members of an object. Adds the names of those that are wrong to `problems`, and goes on. */
export class Members {
  readonly #object: JsonObject;
  readonly #problems: string[];

  constructor(object: JsonObject, problems: string[]) {
    this.#object = object;
    this.#problems = problems;
  }

  fail<T>(name: string, instead: T): T {
    this.#problems.push(name);
    return instead;
  }

  value(name: string): Json {
    return this.#object[name] ?? null;
  }

  text(name: string): string {
    const value = this.value(name);
    return typeof value === 'string' ? value : this.fail(name, '');
  }

  sha256(name: string): string {
    const text = this.text(name);
    return /^[0-9a-f]{64}$/.test(text) ? text : this.fail(name, '');
  }

  count(name: string): number {
    const value = this.value(name);
    const isCount = typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
    return isCount ? value : this.fail(name, 0);
  }

  instant(name: string): number {
    return readInstant(this.text(name)) ?? this.fail(name, 0);
  }

  texts(name: string): readonly string[] {
    const texts = this.#list(name).filter((item) => typeof item === 'string');
    return texts.length === this.#list(name).length ? texts : this.fail(name, []);
  }

  /** What `read` makes of the object; null where it is null. */
  optional<T>(name: string, read: (of: Members) => T): T | null {
    return this.value(name) === null ? null : read(this.object(name));
  }

  optionalText(name: string): string | null {
    return this.value(name) === null ? null : this.text(name);
  }

  object(name: string): Members {
    const value = this.value(name);
    return new Members(isObject(value) ? value : this.fail(name, {}), this.#problems);
  }

  list(name: string): readonly Members[] {
    return this.#list(name).map(
      (item) => new Members(isObject(item) ? item : this.fail(name, {}), this.#problems),
    );
  }

  #list(name: string): readonly Json[] {
    const value = this.value(name);
    return Array.isArray(value) ? value : this.fail(name, []);
  }
}
