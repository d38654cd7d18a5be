import { describe, expect, it } from 'vitest';
import { classify } from '../src/sql/classify.ts';
import type { Dialect } from '../src/sql/tokens.ts';

const one = (sql: string, dialect: Dialect = 'mysql') => {
  const [statement, ...more] = classify(sql, dialect);
  expect(more).toEqual([]);
  if (statement === undefined) throw new Error('nothing was found');
  return statement;
};
/** `verb table` of each effect, with what is known of its rows. */
const effects = (sql: string, dialect?: Dialect) => {
  const statement = one(sql, dialect);
  if (statement.kind !== 'write') return statement.kind;
  return statement.effects.map(({ verb, table, rows }) => {
    const known = rows && [...rows].map(([column, operands]) => `${column}=${operands.map(show)}`);
    return `${verb} ${table}${known ? ` ${known.join(' ')}` : ''}`;
  });
};
const show = (operand: object) =>
  'argument' in operand ? `?${operand.argument}` : `'${(operand as { literal: unknown }).literal}'`;
const tables = (sql: string, dialect?: Dialect) => {
  const statement = one(sql, dialect);
  return statement.kind === 'read' ? statement.tables : statement.kind;
};

describe('what a statement writes', () => {
  it.each([
    ['INSERT INTO `shop`.`Report` (`id`,`slug`) VALUES (?,?), (?,?)', 'insert report'],
    ['insert ignore into Report set id = 1', 'insert report'],
    ['INSERT INTO Report SELECT * FROM Draft', 'insert report'],
    ['INSERT INTO Report (a) VALUES (?) ON DUPLICATE KEY UPDATE a = ?', 'merge report'],
    ['REPLACE INTO Report VALUES (1)', 'replace report'],
    ['UPDATE Report SET pages = ?', 'update report'],
    [
      'UPDATE Report AS r SET r.pages = (SELECT 1 FROM x WHERE y), a = b WHERE r.id = ?',
      'update report id=?0',
    ],
    [
      'UPDATE `s`.`R` SET a = ?, b = ? WHERE (`s`.`R`.`id` IN (?) AND (`s`.`R`.`id` = ? AND 1=1))',
      'update r id=?2',
    ],
    ['UPDATE R SET a = ? WHERE id IN (?,?, ?) ORDER BY x LIMIT ?', 'update r id=?1,?2,?3'],
    ["DELETE FROM R WHERE (a = 'it''s' AND b = 7) AND c > ?", "delete r a='it's' b='7'"],
    ['DELETE FROM `R` WHERE ((`R`.`x` = ? AND `R`.`y` = ?) AND 1=1)', 'delete r x=?0 y=?1'],
    ['TRUNCATE TABLE `shop`.`Report`', 'delete report'],
    [
      'WITH old AS (SELECT id FROM Report) DELETE FROM Report WHERE id IN (SELECT id FROM old)',
      'delete report',
    ],
    ["LOAD DATA INFILE 'x' INTO TABLE Report", 'replace report'],
    [
      'SET STATEMENT max_statement_time=1, sort_buffer_size=(1+1) FOR UPDATE R SET a = ? WHERE id = ?',
      'update r id=?1',
    ],
    ['SET STATEMENT max_statement_time=? FOR UPDATE R SET a = ? WHERE id = ?', 'update r'],
  ])('%s', (sql, expected) => {
    expect(effects(sql)).toEqual([expected]);
  });

  it.each([
    ['UPDATE a JOIN b ON a.id = b.id SET a.x = 1 WHERE a.id = 5', ['update a', 'update b']],
    ['UPDATE a, (b) SET a.x = 1', ['update a', 'update b']],
    ['DELETE x FROM a AS x LEFT JOIN b ON x.id = b.id WHERE x.id = 1', ['delete x', 'delete a', 'delete b']],
    ['DELETE FROM a USING a INNER JOIN b WHERE a.id = b.id', ['delete a', 'delete b']],
  ])('every table of %s', (sql, expected) => {
    expect(effects(sql)).toEqual(expected);
  });

  it('knows SQLite’s forms', () => {
    expect(effects('INSERT OR REPLACE INTO "Report" VALUES (?)', 'sqlite')).toEqual(['replace report']);
    expect(
      effects('INSERT INTO `main`.`R` (`a`) VALUES (?) ON CONFLICT (`a`) DO UPDATE SET `b` = ?', 'sqlite'),
    ).toEqual(['merge r']);
    expect(effects('INSERT INTO R (a) VALUES (?) ON CONFLICT DO NOTHING', 'sqlite')).toEqual(['insert r']);
    expect(effects('UPDATE R SET a = ? WHERE id = ? RETURNING id AS id', 'sqlite')).toEqual([
      'update r id=?1',
    ]);
    expect(effects('UPDATE R SET a = s.a FROM S AS s WHERE R.id = ?', 'sqlite')).toEqual(['update r']);
    expect(effects('UPDATE OR IGNORE [R] SET a = 1', 'sqlite')).toEqual(['update r']);
    // Rows that the new one conflicts with are deleted, whichever they are.
    expect(effects('UPDATE OR REPLACE R SET a = 1 WHERE id = ?', 'sqlite')).toEqual([
      'update r id=?0',
      'delete r',
    ]);
  });

  it.each(['$1', '$name', ':name', '@name', '?1'])(
    'does not know which argument a placeholder means beside %s',
    (placeholder) => {
      expect(effects(`UPDATE R SET a = ${placeholder} WHERE id = ?`, 'sqlite')).toEqual(['update r']);
      expect(effects(`DELETE FROM R WHERE id = ? AND a = ${placeholder}`, 'sqlite')).toEqual(['delete r']);
    },
  );

  it('takes a variable of MySQL for a value', () => {
    expect(effects('UPDATE R SET a = @name WHERE id = ?')).toEqual(['update r id=?0']);
  });

  it.each([
    'id = ? OR id = ?',
    'a = 1 AND (id = ?) OR b = 2',
    'NOT id = ?',
    'NOT (id = ?)',
    'id = ? XOR 1',
    'id = ? || 1',
    'a BETWEEN 1 AND id = ?',
    'CASE WHEN a THEN b AND id = ? AND c END',
    'id = ? IS FALSE',
    'id = ? = 0',
    '(id) = (?)',
    'id IN (?) IS FALSE',
    'id IN (SELECT ?)',
    'id = ?1',
    'id = "other"',
    'id = ? + 1',
    'id = -1',
    'id != ?',
    'id LIKE ?',
    "id = 'a\\'b'",
    'id = other',
    '(id = ? AND 1 OR 1)',
  ])('does not trust WHERE %s to name rows', (where) => {
    expect(effects(`UPDATE R SET x = 1 WHERE ${where}`)).toEqual(['update r']);
  });

  it('knows which columns an update assigns', () => {
    const statement = one('UPDATE `R` SET `views` = (`R`.`views` + ?), b = IF(a, b, c) WHERE id = ?');
    expect(statement).toMatchObject({ effects: [{ columns: ['views', 'b'] }] });
  });

  it.each<[string, Dialect, string[] | null]>([
    ['UPDATE a JOIN b ON a.id = b.id SET a.x = 1, b.y = a.z WHERE a.id = 5', 'mysql', ['x', 'y']],
    ['INSERT INTO R (a) VALUES (?) ON DUPLICATE KEY UPDATE a = VALUES(a), R.b = 1', 'mysql', ['a', 'b']],
    ['INSERT INTO R (a) VALUES (?) ON CONFLICT (a) DO UPDATE SET b = ?, c = 1 WHERE d', 'sqlite', ['b', 'c']],
    ['INSERT INTO R (a) VALUES (?) ON CONFLICT (a) DO UPDATE SET (b, c) = (1, 2)', 'sqlite', null],
    [
      'INSERT INTO R (a) VALUES (?) ON CONFLICT (a) DO UPDATE SET b = 1 ON CONFLICT (c) DO UPDATE SET d = 1',
      'sqlite',
      null,
    ],
  ])('knows which columns may change with %s', (sql, dialect, columns) => {
    const statement = one(sql, dialect);
    const known = statement.kind === 'write' && statement.effects.map((effect) => effect.columns);
    expect(known).toEqual(Array.from(known || [], () => columns));
  });

  it.each<[string, Dialect, object]>([
    ['UPDATE R SET a = 1', 'mysql', {}],
    ['TRUNCATE R', 'mysql', { manner: 'commits' }],
    ['SET STATEMENT max_statement_time=1 FOR TRUNCATE R', 'mysql', { manner: 'commits' }],
    ['INSERT OR FAIL INTO R VALUES (1), (2)', 'sqlite', { manner: 'in-parts' }],
    ['UPDATE OR ROLLBACK R SET a = 1', 'sqlite', { manner: 'in-parts' }],
    ['INSERT OR REPLACE INTO R VALUES (1)', 'sqlite', {}],
  ])('knows in what manner it is executed: %s', (sql, dialect, ends) => {
    const { kind, effects: _, ...rest } = { effects: [], ...one(sql, dialect) };
    expect([kind, rest]).toEqual(['write', ends]);
  });

  it.each([
    'CALL refresh()',
    'EXECUTE stmt',
    'XA COMMIT 1',
    'ANALYZE UPDATE Report SET x = 1',
    '/*! UPDATE Report SET x = 1 */',
    "SELECT 'unfinished",
    'SELECT 1 /* unfinished',
    'DO f()',
    'START SLAVE',
    'UPDATE',
    'nonsense',
    'WITH x AS (SELECT 1) CALL f()',
    'SET STATEMENT max_statement_time=1 FOR CALL f()',
    'SET STATEMENT max_statement_time=1',
  ])('says that it does not know: %s', (sql) => {
    expect(effects(sql)).toBe('unknown');
  });

  it('is not misled by a program', () => {
    expect(classify('BEGIN NOT ATOMIC UPDATE a SET b = 1; END', 'mysql')[0]).toEqual({ kind: 'unknown' });
  });

  it.each([
    ['SET @x = 1', 'none'],
    ['SHOW TABLES', 'none'],
    ['EXPLAIN SELECT 1', 'none'],
    ['ANALYZE TABLE Report', 'transaction-end'],
    ['SET autocommit = 0', 'transaction-end'],
    ['SET STATEMENT max_statement_time=1 FOR SELECT 1', 'read'],
    ['BEGIN IMMEDIATE', 'transaction-end'],
    ['LOCK TABLES Report WRITE', 'transaction-end'],
    ['SAVEPOINT a', 'none'],
    ['ROLLBACK TO SAVEPOINT a', 'none'],
    ['COMMIT', 'transaction-end'],
    ['START TRANSACTION', 'transaction-end'],
    ['ALTER TABLE Report ADD x INT', 'schema'],
    ['DROP TABLE Report', 'schema'],
    ['SELECT 1', 'read'],
    ['(SELECT 1) UNION (SELECT 2)', 'read'],
  ])('%s is %s', (sql, kind) => {
    expect(one(sql).kind).toBe(kind);
  });

  it('takes scripts apart, and is not misled by comments and strings', () => {
    const sql = "-- UPDATE a\nINSERT INTO b VALUES ('; DELETE FROM c'); # x\n DELETE FROM d /* ; */ ;";
    expect(classify(sql, 'mysql')).toMatchObject([
      { kind: 'write', effects: [{ table: 'b' }] },
      { kind: 'write', effects: [{ table: 'd' }] },
    ]);
    // A backslash escapes in MySQL only.
    expect(classify("INSERT INTO a VALUES ('\\'); DELETE FROM b; --')", 'sqlite')).toHaveLength(2);
    expect(classify("INSERT INTO a VALUES ('\\'); DELETE FROM b; --')", 'mysql')).toHaveLength(1);
  });
});

describe('what a statement reads', () => {
  it.each([
    ['SELECT * FROM Report', ['report']],
    ['SELECT * FROM `s`.`A` a, B b JOIN C ON a.x = f(b.y, 1), D USE INDEX (i), E', ['a', 'b', 'c', 'd', 'e']],
    ['SELECT * FROM (SELECT id FROM A) AS t, B WHERE x IN (SELECT y FROM C)', ['a', 'b', 'c']],
    ['SELECT * FROM (A JOIN B ON 1) JOIN (SELECT 1 FROM C) x USING (id)', ['a', 'b', 'c']],
    ['SELECT (SELECT COUNT(*) FROM A), b FROM C WHERE d = 1 GROUP BY e, f ORDER BY g, h', ['a', 'c']],
    ['SELECT 1 FROM A UNION SELECT 2 FROM B', ['a', 'b']],
    ['WITH x AS (SELECT 1 FROM A) SELECT * FROM x', ['a', 'x']],
    ['SELECT a FROM LATERAL (SELECT 1 FROM B) l', ['b']],
    ["SELECT TRIM(BOTH 'x' FROM 'y') FROM A", ['a']],
    ['SELECT 1', []],
  ])('%s', (sql, expected) => {
    expect(tables(sql)).toEqual(expected);
  });

  it('says so when it cannot tell', () => {
    expect(tables('SELECT * FROM ?')).not.toBeNull();
    expect(tables('SELECT * FROM {x}')).toBeNull();
  });
});
