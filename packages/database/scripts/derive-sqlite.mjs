/**
 * The embedded database's schema, derived from the MySQL schema: another provider and output, no native
 * types (SQLite has five storage classes; lengths are the database of record's business).
 *
 * @param {string} mysqlSchema text of prisma/schema.prisma
 * @returns {string} text of the SQLite schema
 */
export function deriveSqliteSchema(mysqlSchema) {
  return `// Derived from prisma/schema.prisma; do not edit.\n${replaceOnce(
    replaceOnce(mysqlSchema, 'generated/mysql"', 'generated/sqlite"'),
    'provider = "mysql"',
    'provider = "sqlite"',
  ).replace(/ +@db\.\w+(\([^)]*\))?/g, '')}`;
}

function replaceOnce(text, part, replacement) {
  if (text.split(part).length !== 2)
    throw new Error(`prisma/schema.prisma must contain ${part} exactly once`);
  return text.replace(part, replacement);
}
