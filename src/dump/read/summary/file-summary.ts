/** Sums up the content of one file. Decides whether the file is a log, something else, or lost evidence. */

import { NO_JSON } from '../../split/candidate.js';

export interface FileSummary {
  /** How many CloudTrail records the file has. */
  readonly records: number;
  /** Whether it is a CloudTrail log. An empty list of records is one. */
  readonly isLog: boolean;
  /** JSON values that are something else, by what they are. */
  readonly others: readonly (readonly [reason: string, count: number])[];
  /** Why some or all of the file could not be read; undefined if nothing was lost. */
  readonly lost: string | undefined;
  /** Whether it holds events in the known form of another tool. They are lost, whatever the name of the file. */
  readonly isForeign: boolean;
  /** How many unpaired surrogates were replaced. */
  readonly repaired: number;
  /** How many records that a rule may match have a field that cannot be read. */
  readonly unreadableFields: number;
  /** Whether it is the output of a command that stopped before the last page. */
  readonly isCutOff: boolean;
}

interface Strays {
  /** Why the first is lost, if they are. */
  readonly firstReason: string;
  readonly count: number;
}

export class FileSummaryBuilder {
  #records = 0;
  #hasEnvelope = false;
  readonly #others = new Map<string, number>();
  #firstLoss: string | undefined;
  #furtherLosses = 0;
  readonly #strays = new Map<string, Strays>();
  #isStopped = false;
  #unreadableFields = 0;
  #isCutOff = false;
  #hasWrapper = false;
  #hasText = false;
  #hasLostText = false;
  #isForeign = false;
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  /** Whether reading the file failed. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  addRecords(count: number): void {
    this.#records += count;
  }

  /** An envelope was found, with or without records. `isCutOff`: it says that more pages follow. */
  addEnvelope(isCutOff: boolean): void {
    this.#hasEnvelope = true;
    this.#isCutOff = isCutOff;
  }

  /** An envelope of another tool was found. */
  addWrapper(isCutOff: boolean): void {
    this.#hasWrapper = true;
    this.#isCutOff = isCutOff;
  }

  /** Text was found that holds no events. */
  addText(): void {
    this.#hasText = true;
  }

  /** Text was found that holds events. It is reported once, because they cannot be counted. */
  loseText(reason: string): void {
    if (!this.#hasLostText) this.lose(reason);
    this.#hasLostText = true;
  }

  /** JSON values that are not evidence. */
  addOther(reason: string, count = 1): void {
    this.#others.set(reason, (this.#others.get(reason) ?? 0) + count);
  }

  /** Values that are lost evidence if the file also has events, and otherwise no evidence but `what` says. */
  addStrays(reason: string, count: number, what = 'other JSON'): void {
    const known = this.#strays.get(what);
    this.#strays.set(what, {
      firstReason: known?.firstReason ?? reason,
      count: (known?.count ?? 0) + count,
    });
  }

  /** Lost evidence. The summary shows the first reason and counts the others. */
  lose(reason: string): void {
    if (this.#firstLoss === undefined) this.#firstLoss = reason;
    else this.#furtherLosses += 1;
  }

  /** Events in the known form of another tool. */
  loseForeign(reason: string): void {
    this.#isForeign = true;
    this.lose(reason);
  }

  /** A record that a rule may match has a field that cannot be read. */
  loseFields(reason: string): void {
    this.#unreadableFields += 1;
    this.lose(reason);
  }

  /** The file cannot be read further. This reason replaces earlier ones: it usually explains them. */
  stop(reason: string): void {
    this.#isStopped = true;
    const before = this.#firstLoss;
    this.#firstLoss = undefined;
    this.lose(reason);
    if (before !== undefined) this.#furtherLosses += 1;
  }

  /** Call it once, when the file has ended. */
  summary(repaired: number): FileSummary {
    this.#judgeStrays();
    const isEmpty = this.#records === 0 && !this.#hasEnvelope && this.#others.size === 0;
    if (isEmpty && this.#firstLoss === undefined) this.#addEmpty();
    const more = this.#furtherLosses === 0 ? '' : ` (and ${this.#furtherLosses} more)`;
    return {
      records: this.#records,
      isLog: this.#records > 0 || (this.#hasEnvelope && this.#others.size === 0),
      others: [...this.#others],
      lost: this.#firstLoss === undefined ? undefined : `${this.#firstLoss}${more}`,
      isForeign: this.#isForeign,
      repaired,
      unreadableFields: this.#unreadableFields,
      isCutOff: this.#isCutOff && this.#records > 0,
    };
  }

  #judgeStrays(): void {
    for (const [what, { firstReason, count }] of this.#strays) {
      if (this.#records === 0) this.addOther(what, count);
      else {
        this.lose(firstReason);
        this.#furtherLosses += count - 1;
      }
    }
  }

  /** The file has no record, and nothing else that was recognised. */
  #addEmpty(): void {
    if (this.#hasWrapper) this.addOther('other JSON');
    else if (!this.#hasText) this.lose('empty');
    else if (isNamedJson(this.#name)) this.lose(`line 1, record 1: ${NO_JSON}`);
    else this.addOther('other text');
  }
}

/** Whether the name of a file says that it holds JSON, packed or not: then text is not expected in it. */
function isNamedJson(name: string): boolean {
  return /\.(?:json\w*|ndjson|jl)(?:\.|$)/i.test(name.slice(name.lastIndexOf('/') + 1));
}
