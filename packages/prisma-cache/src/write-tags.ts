import type { Effect, Operand, RowFilter } from './sql/statement.ts';
import type { KeyColumn, Table, Tables } from './tables.ts';
import { EVERYTHING, keyPart, type TableTags } from './tags.ts';

/** More rows than these in one write are the table. */
const MAX_ROWS = 1_000;

/** What a transaction, or one statement, has written so far: becomes the tags that expire with its commit. */
export interface Written {
  readonly isEmpty: boolean;
  add(effects: readonly Effect[], args: readonly unknown[]): void;
  addTables(names: readonly string[]): void;
  addEverything(): void;
  tags(): string[];
  /** A copy to return to, for savepoints. */
  snapshot(): Written;
}

export function createWritten(tables: Tables, from: ReadonlySet<string> = new Set()): Written {
  const tags = new Set(from);

  function addWhole({ set, rows, added }: TableTags) {
    for (const tag of [set, rows, added]) tags.add(tag);
  }

  function addNames(names: readonly string[]) {
    for (const name of names) addWhole(tables.find(name).tags);
  }

  function addOne(effect: Effect, args: readonly unknown[]) {
    const table = tables.inSql(effect.table);
    // A trigger sees every column.
    addNames(table.options.alsoWrites ?? []);
    if (isUntracked(effect, table)) return;
    const { set, rows, added } = table.tags;
    tags.add(set);
    if (effect.verb !== 'delete' && (effect.verb !== 'update' || assignsKey(effect, table))) tags.add(added);
    if (effect.verb !== 'insert' && !tags.has(rows)) {
      for (const tag of rowTags(effect, table, args) ?? [rows]) tags.add(tag);
    }
    for (const child of cascadesOf(effect)) addWhole(tables.inSql(child).tags);
  }

  function cascadesOf({ table, verb, columns }: Effect): readonly string[] {
    if (verb === 'insert') return [];
    const deleted = verb === 'delete' || verb === 'replace' ? tables.cascades(table, 'delete') : [];
    const moved = verb === 'update' || verb === 'merge' ? tables.cascades(table, columns ?? 'update') : [];
    return [...deleted, ...moved];
  }

  const written: Written = {
    get isEmpty() {
      return tags.size === 0;
    },
    add(effects, args) {
      for (const effect of effects) {
        const isUnderstood = tables.knowsModels && (tables.knowsCascades || effect.verb === 'insert');
        if (!isUnderstood) tags.add(EVERYTHING);
        addOne(effect, args);
      }
      collapse(tags);
    },
    addTables: addNames,
    addEverything: () => tags.add(EVERYTHING),
    tags: () => [...tags],
    snapshot: () => createWritten(tables, tags),
  };
  return written;
}

function isUntracked({ verb, columns }: Effect, { options }: Table): boolean {
  if (verb !== 'update' || columns === null || options.untracked === undefined) return false;
  const untracked = options.untracked.map((column) => column.toLowerCase());
  return columns.every((column) => untracked.includes(column));
}

function assignsKey({ columns }: Effect, table: Table): boolean {
  const key = table.primaryKey();
  if (key === null || columns === null) return true;
  return key.some(({ column }) => columns.includes(column));
}

/** The rows that the statement is limited to. Null: any. */
function rowTags(effect: Effect, table: Table, args: readonly unknown[]): string[] | null {
  const key = table.primaryKey();
  if (key === null || effect.rows === null) return null;
  if (effect.verb === 'update' && assignsKey(effect, table)) return null;
  let keys: string[][] = [[]];
  for (const column of key) {
    const values = valuesOf(column, effect.rows, args);
    if (values === null || keys.length * values.length > MAX_ROWS) return null;
    keys = keys.flatMap((begun) => values.map((value) => [...begun, value]));
  }
  return keys.map((parts) => table.tags.row(parts));
}

function valuesOf({ column, type }: KeyColumn, rows: RowFilter, args: readonly unknown[]): string[] | null {
  const values: string[] = [];
  for (const operand of rows.get(column) ?? [null]) {
    const value = operand === null ? null : keyPart(resolve(operand, args), type);
    if (value === null) return null;
    values.push(value);
  }
  return values;
}

const resolve = (operand: Operand, args: readonly unknown[]) =>
  'argument' in operand ? args[operand.argument] : operand.literal;

/** One write with very many rows would make each record of the log long: their tables then. */
function collapse(tags: Set<string>) {
  const rows = [...tags].filter((tag) => tag.includes('#'));
  if (rows.length <= MAX_ROWS) return;
  for (const tag of rows) {
    tags.delete(tag);
    tags.add(`${tag.slice(0, tag.indexOf('#'))}:rows`);
  }
}
