import type { Outcome } from './announcements.ts';
import type { SayOnce } from './say-once.ts';
import { classify } from './sql/classify.ts';
import type { Effect, Statement } from './sql/statement.ts';
import type { Dialect } from './sql/tokens.ts';
import type { Written } from './write-tags.ts';

/** What executing a text of SQL changes. */
export interface SqlEffect extends Outcome {
  addTo(written: Written, args: readonly unknown[]): void;
  /** It changes which tables there are. */
  readonly changesSchema: boolean;
  /** It ends the transaction that it is executed in, or may do so. */
  readonly endsTransaction: boolean;
}

export interface Statements {
  /** Null: it changes nothing. */
  effectOf(sql: string, provider: string): SqlEffect | null;
  /** The tables that it reads. Null: not known. */
  tablesOf(sql: string, provider: string): readonly string[] | null;
}

export interface StatementsOptions {
  readonly onUnknownSql: ((sql: string) => readonly string[] | 'everything') | undefined;
  readonly say: SayOnce;
}

/** Prisma's statements are few and come again and again; raw SQL may be any. */
const MAX_REMEMBERED = 1_000;
const MAX_REMEMBERED_LENGTH = 5_000;

/** The meaning of SQL texts, worked out once for each. */
export function createStatements({ onUnknownSql, say }: StatementsOptions): Statements {
  const known = new Map<string, readonly Statement[]>();

  function read(sql: string, provider: string): readonly Statement[] {
    const found = known.get(sql);
    if (found !== undefined) return found;
    const dialect: Dialect = provider === 'sqlite' ? 'sqlite' : 'mysql';
    const statements = classify(sql, dialect);
    if (sql.length > MAX_REMEMBERED_LENGTH) return statements;
    if (known.size >= MAX_REMEMBERED) known.clear();
    known.set(sql, statements);
    return statements;
  }

  function addUnknown(written: Written, sql: string) {
    const answer = onUnknownSql?.(sql) ?? 'everything';
    if (answer !== 'everything') {
      written.addTables(answer);
      return;
    }
    written.addEverything();
    // Not the statement itself: it may carry values.
    const verb = /^\s*[a-z]+/i.exec(sql)?.[0].trim().toUpperCase() ?? 'A statement';
    say(
      `unknown ${verb}`,
      `${verb} cannot be understood, so it expires everything. Name the tables that it writes with onUnknownSql.`,
    );
  }

  return {
    effectOf(sql, provider) {
      const statements = read(sql, provider);
      if (statements.every(({ kind }) => kind === 'read' || kind === 'none')) return null;
      const has = (kind: Statement['kind']) => statements.some((statement) => statement.kind === kind);
      const changesSchema = has('schema');
      const effects = statements.flatMap((statement) =>
        statement.kind === 'write' ? statement.effects : [],
      );
      const commits = statements.some((one) => one.kind === 'write' && one.manner === 'commits');
      const isAtomic = statements.length === 1 && isPlainWrite(statements[0]);
      const isCounted = isAtomic && effects.every(countsRows);
      return {
        addTo(written, args) {
          if (changesSchema) written.addEverything();
          if (has('unknown')) addUnknown(written, sql);
          // In a script, nobody knows which statement an argument belongs to.
          written.add(statements.length === 1 ? effects : effects.map(ofAnyRow), args);
        },
        changesSchema,
        endsTransaction:
          has('transaction-end') || commits || (provider === 'mysql' && (changesSchema || has('unknown'))),
        isAtomic,
        unchangedBy: (result) => isCounted && result === 0,
      };
    },
    tablesOf(sql, provider) {
      const tables = new Set<string>();
      for (const statement of read(sql, provider)) {
        if (statement.kind === 'none') continue;
        if (statement.kind !== 'read' || statement.tables === null) return null;
        for (const table of statement.tables) tables.add(table);
      }
      return [...tables];
    },
  };
}

const isPlainWrite = (statement: Statement | undefined) =>
  statement?.kind === 'write' && statement.manner === undefined;
const countsRows = ({ verb }: Effect) => verb === 'update' || verb === 'delete';
const ofAnyRow = (effect: Effect): Effect => ({ ...effect, rows: null });
