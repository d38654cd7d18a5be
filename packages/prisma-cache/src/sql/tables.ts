import { type Cursor, createCursor } from './cursor.ts';
import type { Token } from './tokens.ts';

/** After these comes a table. */
const BEFORE_TABLE = ['from', 'join', 'straight_join', 'table'];
/** With these ends a list of tables, so that a comma no longer means one more. */
const AFTER_TABLES =
  'where group order having limit union except intersect set window for lock procedure into returning select values'.split(
    ' ',
  );

/**
 * The tables that a statement names where tables are read, in subqueries too: in lower case, without schema, names of
 * common table expressions among them; now and then a column (EXTRACT(YEAR FROM column)), which is no harm.
 * Null when a place for a table holds something else.
 */
export function readTables(tokens: readonly Token[]): string[] | null {
  const tables = new Set<string>();
  return collect(tokens, tables) ? [...tables] : null;
}

function collect(tokens: readonly Token[], tables: Set<string>): boolean {
  const cursor = createCursor(tokens);
  let inList = false;
  while (cursor.peek() !== undefined) {
    if (cursor.is('(')) {
      if (!group(tokens, cursor, tables, false)) return false;
    } else if (cursor.skip(...BEFORE_TABLE) || (inList && cursor.skip(',')) || skipUsing(cursor)) {
      inList = true;
      if (!readTable(tokens, cursor, tables)) return false;
    } else {
      if (cursor.is(...AFTER_TABLES)) inList = false;
      cursor.next();
    }
  }
  return true;
}

/** DELETE FROM a USING b; in a join, USING is followed by columns. */
const skipUsing = (cursor: Cursor) => cursor.peek(1)?.text !== '(' && cursor.skip('using');

/** A parenthesis at the cursor: a subquery, an expression, or tables that are joined in it. */
function group(tokens: readonly Token[], cursor: Cursor, tables: Set<string>, ofTables: boolean): boolean {
  const start = cursor.at;
  cursor.skipGroup();
  const inner = tokens.slice(start + 1, cursor.at - 1);
  const isQuery = inner[0]?.kind === 'word' && ['select', 'with', 'values', 'table'].includes(inner[0].text);
  return collect(ofTables && !isQuery ? [FROM, ...inner] : inner, tables);
}

export const FROM: Token = { kind: 'word', text: 'from', raw: 'from' };

function readTable(tokens: readonly Token[], cursor: Cursor, tables: Set<string>): boolean {
  cursor.skip('lateral');
  if (cursor.is('(')) return group(tokens, cursor, tables, true);
  const table = cursor.name();
  if (table !== null) {
    tables.add(table);
    return true;
  }
  // TRIM(BOTH FROM 'x'): a value, and no table either.
  const token = cursor.next();
  return token !== undefined && token.kind !== 'mark';
}
