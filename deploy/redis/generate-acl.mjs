#!/usr/bin/env node
// Writes users.acl and, for those who are to use them, passwords.env. Passwords that are in passwords.env already stay
// as they are; new ones are random. Nothing but Node is needed.
//
//   node deploy/redis/generate-acl.mjs /etc/tbi-redis
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { renderAcl, USERS } from './acl.mjs';

/** @param {string} user @returns {string} such as TBI_CACHE */
const variableOf = (user) => user.toUpperCase().replaceAll('-', '_');

/** @param {string} folder */
function generate(folder) {
  const file = join(folder, 'passwords.env');
  const kept = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  const passwords = Object.fromEntries(
    Object.keys(USERS).map((user) => [user, kept[variableOf(user)] || randomBytes(32).toString('hex')]),
  );
  const lines = Object.entries(passwords).map(([user, password]) => `${variableOf(user)}=${password}`);
  replace(file, `${lines.join('\n')}\n`);
  const { REDIS_KEY_PREFIX: cachePrefix, REDIS_SESSIONS_PREFIX: sessionsPrefix } = process.env;
  const prefixes = {
    ...(cachePrefix ? { cachePrefix } : {}),
    ...(sessionsPrefix ? { sessionsPrefix } : {}),
  };
  replace(join(folder, 'users.acl'), renderAcl(passwords, prefixes));
}

/** Never half written, never readable by others. @param {string} file @param {string} text */
function replace(file, text) {
  writeFileSync(`${file}.incoming`, text, { mode: 0o600 });
  renameSync(`${file}.incoming`, file);
}

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Where to? node deploy/redis/generate-acl.mjs /etc/tbi-redis');
  process.exitCode = 1;
} else {
  try {
    generate(folder);
    console.log(`wrote users.acl and passwords.env in ${folder}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
