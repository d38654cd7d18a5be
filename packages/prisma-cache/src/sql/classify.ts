import { type Cursor, createCursor } from './cursor.ts';
import { readRowFilter } from './row-filter.ts';
import type { Effect, Manner, Statement } from './statement.ts';
import { FROM, readTables } from './tables.ts';
import { type Dialect, type Token, tokenize } from './tokens.ts';

const words = (text: string) => new Set(text.split(' '));
const NONE = words('use show describe desc explain pragma kill checksum help savepoint release');
const SCHEMA = words('create alter drop rename vacuum reindex attach detach grant revoke');
/** MySQL commits the transaction that it is in before these, too. */
const TRANSACTION_ENDS = words('commit rollback end lock unlock flush optimize check');
const AFTER_BEGIN = words('work transaction deferred immediate exclusive');
/** Words between a verb and its table. */
const MODIFIERS =
  'low_priority high_priority delayed ignore quick or replace abort fail rollback into from'.split(' ');
const AFTER_ASSIGNMENTS = ['where', 'order', 'limit', 'returning', 'from'];

/** What the statements in a text do. `unknown` whenever that is not certain. */
export function classify(sql: string, dialect: Dialect): Statement[] {
  const tokens = tokenize(sql, dialect);
  if (tokens === null) return [{ kind: 'unknown' }];
  return splitBySemicolon(tokens).map((statement) => classifyOne(statement));
}

function splitBySemicolon(tokens: readonly Token[]): Token[][] {
  const statements: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'mark' && token.text === ';') statements.push([]);
    else statements.at(-1)?.push(token);
  }
  return statements.filter((statement) => statement.length > 0);
}

function classifyOne(tokens: readonly Token[]): Statement {
  const cursor = createCursor(tokens);
  while (cursor.skip('(')) {}
  const verb = cursor.next();
  if (verb?.kind !== 'word') return { kind: 'unknown' };
  switch (verb.text) {
    case 'select':
    case 'values':
    case 'table':
      // MySQL may call a function that writes, or lock rows: neither changes what is read. INTO writes files.
      return { kind: 'read', tables: readTables(tokens) };
    case 'with':
      return afterCommonTables(tokens, cursor);
    case 'insert':
    case 'replace':
      return write(insert(tokens, cursor, verb.text), mannerOf(tokens));
    case 'update':
      return write(update(tokens, cursor), mannerOf(tokens));
    case 'delete':
      return write(remove(tokens, cursor));
    case 'truncate':
      cursor.skip('table');
      return write(plain(cursor.name(), 'delete'), 'commits');
    case 'load':
      while (cursor.peek() !== undefined && !cursor.skip('table')) cursor.next();
      return write(plain(cursor.name(), 'replace'));
    case 'analyze':
      // MariaDB executes the statement that follows; of a table, it only counts.
      return cursor.skip('table', 'local', 'no_write_to_binlog') || cursor.peek() === undefined
        ? { kind: 'transaction-end' }
        : { kind: 'unknown' };
    case 'set':
      if (cursor.skip('statement')) return afterVariables(tokens, cursor.at);
      return tokens.some((token) => token.text === 'autocommit')
        ? { kind: 'transaction-end' }
        : { kind: 'none' };
    case 'start':
      return { kind: cursor.is('transaction') ? 'transaction-end' : 'unknown' };
    case 'begin':
      // MariaDB's BEGIN NOT ATOMIC is a program.
      return {
        kind: tokens.slice(cursor.at).every(({ text }) => AFTER_BEGIN.has(text))
          ? 'transaction-end'
          : 'unknown',
      };
  }
  if (TRANSACTION_ENDS.has(verb.text)) {
    // ROLLBACK TO a savepoint: what it undoes is announced all the same.
    return { kind: tokens.some(({ text }) => text === 'to') ? 'none' : 'transaction-end' };
  }
  if (SCHEMA.has(verb.text)) return { kind: 'schema' };
  return NONE.has(verb.text) ? { kind: 'none' } : { kind: 'unknown' };
}

const write = (effects: readonly Effect[] | null, manner?: Manner): Statement =>
  effects === null || effects.length === 0
    ? { kind: 'unknown' }
    : { kind: 'write', effects, ...(manner && { manner }) };

/** SQLite: `INSERT OR FAIL`, `UPDATE OR ROLLBACK`. */
const mannerOf = ([, or, conflict]: readonly Token[]): Manner | undefined =>
  or?.text === 'or' && (conflict?.text === 'fail' || conflict?.text === 'rollback') ? 'in-parts' : undefined;

const plain = (table: string | null, verb: Effect['verb']): Effect[] | null =>
  table === null ? null : [{ table, verb, columns: null, rows: null }];

/** `WITH a AS (…), b AS (…) UPDATE …`: the statement after the list. */
function afterCommonTables(tokens: readonly Token[], cursor: Cursor): Statement {
  cursor.skip('recursive');
  do {
    if (cursor.name() === null) return { kind: 'unknown' };
    if (cursor.is('(')) cursor.skipGroup();
    if (!cursor.skip('as')) return { kind: 'unknown' };
    while (cursor.skip('not', 'materialized')) {}
    if (!cursor.is('(')) return { kind: 'unknown' };
    cursor.skipGroup();
  } while (cursor.skip(','));
  if (cursor.is('select', '(')) return { kind: 'read', tables: readTables(tokens) };
  const main = classifyOne(tokens.slice(cursor.at));
  // Placeholders of the list come before those of the statement: which rows it means is not worth the effort.
  return main.kind === 'write' ? ofAnyRow(main) : { kind: 'unknown' };
}

/** MariaDB's `SET STATEMENT variable = value, … FOR UPDATE …`: the statement after the variables. */
function afterVariables(tokens: readonly Token[], from: number): Statement {
  const end = find(tokens, from, ['for']);
  if (end < 0) return { kind: 'unknown' };
  const main = classifyOne(tokens.slice(end + 1));
  const takesArguments = tokens.slice(from, end).some(({ kind }) => kind === 'param');
  return takesArguments && main.kind === 'write' ? ofAnyRow(main) : main;
}

const ofAnyRow = (statement: Extract<Statement, { kind: 'write' }>): Statement => ({
  ...statement,
  effects: statement.effects.map((effect) => ({ ...effect, rows: null })),
});

function insert(tokens: readonly Token[], cursor: Cursor, verb: 'insert' | 'replace'): Effect[] | null {
  const from = cursor.at;
  while (cursor.is(...MODIFIERS)) cursor.next();
  const replaces =
    verb === 'replace' || tokens.slice(from, cursor.at).some((token) => token.text === 'replace');
  const table = cursor.name();
  if (table === null || replaces) return plain(table, 'replace');
  const merge = afterMerge(tokens, cursor.at);
  if (merge < 0) return plain(table, 'insert');
  // SQLite may have one for each key, each with columns of its own.
  const columns = afterMerge(tokens, merge) < 0 ? readAssigned(createCursor(tokens, merge)) : null;
  return [{ table, verb: 'merge', columns, rows: null }];
}

/** The assignments of the first `ON DUPLICATE KEY UPDATE` or `ON CONFLICT … DO UPDATE SET`. -1: none. */
function afterMerge(tokens: readonly Token[], from: number): number {
  const at = tokens.findIndex(
    ({ kind, text }, at) =>
      at > from && kind === 'word' && text === 'update' && ['key', 'do'].includes(tokens[at - 1]?.text ?? ''),
  );
  if (at < 0) return -1;
  return tokens[at + 1]?.text === 'set' ? at + 2 : at + 1;
}

function update(tokens: readonly Token[], cursor: Cursor): Effect[] | null {
  const start = cursor.at;
  while (cursor.is(...MODIFIERS)) cursor.next();
  const from = cursor.at;
  const set = find(tokens, from, ['set']);
  if (set < 0) return null;
  const assignments = createCursor(tokens, set + 1);
  const columns = readAssigned(assignments);
  if (!isAlone(tokens.slice(from, set))) {
    return several(tokens, from, set, 'update')?.map((effect) => ({ ...effect, columns })) ?? null;
  }
  const table = createCursor(tokens, from, set).name();
  const where = find(tokens, assignments.at, ['where']);
  if (table === null || columns === null) return null;
  const joined = tokens
    .slice(assignments.at, where < 0 ? undefined : where)
    .some((token) => token.text === 'from');
  const rows = joined || where < 0 ? null : rowsAfter(tokens, where);
  // SQLite's OR REPLACE deletes what the new rows conflict with.
  const replaces = tokens.slice(start, from).some((token) => token.text === 'replace');
  return [{ table, verb: 'update', columns, rows }, ...((replaces && plain(table, 'delete')) || [])];
}

/** `column = expression, …`: the columns. Null when it is not that. */
function readAssigned(cursor: Cursor): string[] | null {
  const columns: string[] = [];
  do {
    const column = cursor.name();
    if (column === null || !cursor.skip('=', ':=')) return null;
    columns.push(column);
    while (cursor.peek() !== undefined && !cursor.is(',', ...AFTER_ASSIGNMENTS)) {
      if (cursor.is('(')) cursor.skipGroup();
      else cursor.next();
    }
  } while (cursor.skip(','));
  return columns;
}

function remove(tokens: readonly Token[], cursor: Cursor): Effect[] | null {
  const from = cursor.at;
  while (cursor.is('low_priority', 'quick', 'ignore')) cursor.next();
  if (!cursor.skip('from')) return several(tokens, from, find(tokens, from, ['where']), 'delete');
  const start = cursor.at;
  const where = find(tokens, start, ['where', 'order', 'limit', 'returning']);
  const end = where < 0 ? tokens.length : where;
  if (!isAlone(tokens.slice(start, end))) return several(tokens, start, end, 'delete');
  const table = createCursor(tokens, start, end).name();
  const rows = tokens[where]?.text === 'where' ? rowsAfter(tokens, where) : null;
  return table === null ? null : [{ table, verb: 'delete', columns: null, rows }];
}

/** Whether it is one table, with or without an alias. */
function isAlone(tokens: readonly Token[]): boolean {
  const cursor = createCursor(tokens);
  if (cursor.name() === null) return false;
  cursor.skip('as');
  cursor.name();
  return cursor.peek() === undefined;
}

/** A statement that names several tables: any of them may be written. */
function several(
  tokens: readonly Token[],
  from: number,
  end: number,
  verb: 'update' | 'delete',
): Effect[] | null {
  const part = tokens.slice(from, end < 0 ? undefined : end);
  const tables = readTables([FROM, ...part]);
  return tables?.flatMap((table) => plain(table, verb) ?? []) ?? null;
}

/** What the WHERE at this place says of rows, up to the clause that follows it. */
function rowsAfter(tokens: readonly Token[], where: number) {
  // Named and numbered placeholders may mean an argument again, or skip some: none can be counted then.
  if (tokens.some(({ kind, raw }) => kind === 'param' && raw !== '')) return null;
  const end = find(tokens, where + 1, ['order', 'limit', 'returning']);
  const before = tokens.slice(0, where).filter((token) => token.kind === 'param').length;
  return readRowFilter(tokens.slice(where + 1, end < 0 ? undefined : end), before);
}

/** The first of these words outside of parentheses. -1: none. */
function find(tokens: readonly Token[], from: number, words: readonly string[]): number {
  let depth = 0;
  for (let at = from; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token?.kind === 'mark' && token.text === '(') depth += 1;
    if (token?.kind === 'mark' && token.text === ')') depth -= 1;
    if (depth === 0 && token?.kind === 'word' && words.includes(token.text)) return at;
  }
  return -1;
}
