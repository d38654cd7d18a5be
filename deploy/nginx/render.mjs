#!/usr/bin/env node
// Writes the Nginx configuration of this machine to standard output: site.conf.template with its variables filled in
// from the environment. Nothing but Node is needed.
//
//   TBI_SERVER_NAME=reports.example.com node deploy/nginx/render.mjs > /etc/nginx/conf.d/tbi.conf
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** What each variable means where it is not set. Without a default it has to be set. */
export const NGINX_DEFAULTS = {
  TBI_SERVER_NAME: undefined,
  TBI_PUBLIC_HOST: undefined,
  TBI_CERTIFICATE: undefined,
  TBI_CERTIFICATE_KEY: undefined,
  TBI_STATIC_ROOT: '/srv/tbi/static',
  TBI_ACME_ROOT: '/var/www/acme',
  TBI_UPSTREAM: '127.0.0.1:3000',
  TBI_HTTP_PORT: '80',
  TBI_HTTPS_PORT: '443',
  // Requests a second and address, and how many more at once.
  TBI_RATE_PAGES: '30',
  TBI_BURST_PAGES: '100',
  TBI_RATE_API: '20',
  TBI_BURST_API: '40',
  TBI_RATE_AUTH: '5',
  TBI_BURST_AUTH: '20',
  TBI_RATE_WRITES: '2',
  TBI_BURST_WRITES: '20',
  TBI_CONNECTIONS: '64',
  // An address that nobody has: operators come past Nginx only, from the machine itself.
  TBI_OPERATORS: '255.255.255.255',
};

/** One value, nowhere more than that: no white space, quotes, braces or ends of statements. */
const VALUE = /^[\w./:@\-[\]]+$/;

/**
 * @param {Record<string, string | undefined>} env
 * @returns {string}
 * @throws {Error} that names every variable that is missing or wrong
 */
export function renderSite(env) {
  const name = env.TBI_SERVER_NAME;
  /** @type {Record<string, string | undefined>} */
  const derived = {
    TBI_PUBLIC_HOST: name,
    TBI_CERTIFICATE: name && `/etc/letsencrypt/live/${name}/fullchain.pem`,
    TBI_CERTIFICATE_KEY: name && `/etc/letsencrypt/live/${name}/privkey.pem`,
  };
  /** @type {Record<string, string>} */
  const values = {};
  const problems = [];
  for (const [variable, fallback] of Object.entries(NGINX_DEFAULTS)) {
    const value = env[variable] || derived[variable] || fallback;
    if (value === undefined) problems.push(`${variable} is not set`);
    else if (!VALUE.test(value)) problems.push(`${variable} has characters that do not belong there`);
    else values[variable] = value;
  }
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const template = readFileSync(new URL('site.conf.template', import.meta.url), 'utf8');
  return template.replaceAll(/\$\{(TBI_[A-Z_]+)\}/g, (_, variable) => {
    const value = values[variable];
    if (value === undefined) throw new Error(`site.conf.template uses ${variable}, which nobody defines`);
    return value;
  });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    process.stdout.write(renderSite(process.env));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
