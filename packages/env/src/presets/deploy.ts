import { text } from '../formats.ts';
import { definePreset } from '../preset.ts';
import { optionalVariable, variable } from '../variable.ts';

export interface DeployEnv {
  readonly directory: string | undefined;
  /** As PM2 reads it: `max`, or a whole number from 1. */
  readonly instances: string;
  /** As PM2 reads it: a whole number with K, M or G. */
  readonly maxMemory: string;
  readonly siteHost: string | undefined;
  readonly tlsDirectory: string;
}

/** Where and how the site is deployed: read by `pnpm deploy:local`, deploy/ecosystem.config.cjs and docker-compose.yml. */
export const deployEnv = definePreset({
  variables: {
    DEPLOY_DIR: optionalVariable(text, {
      expected: 'a folder for releases, logs and static files',
      example: '/srv/tbi',
    }),
    DEPLOY_INSTANCES: variable(text.regex(/^(max|[1-9]\d{0,2})$/), {
      expected: 'a whole number of workers from 1 to 999, or max for one on each core',
      example: '4',
      default: 'max',
    }),
    DEPLOY_MAX_MEMORY: variable(text.regex(/^[1-9]\d{0,8}[KMG]$/), {
      expected: 'the memory above which PM2 replaces a worker: a whole number with K, M or G',
      example: '1G',
      default: '768M',
    }),
    SITE_HOST: optionalVariable(text, {
      expected: "the site's public host name",
      example: 'reports.example.com',
    }),
    TLS_DIR: variable(text, {
      expected: 'the folder of fullchain.pem and privkey.pem',
      example: '/etc/tbi-tls',
      default: '/etc/tbi-tls',
    }),
  },
  build: (values): DeployEnv => ({
    directory: values.DEPLOY_DIR,
    instances: values.DEPLOY_INSTANCES,
    maxMemory: values.DEPLOY_MAX_MEMORY,
    siteHost: values.SITE_HOST,
    tlsDirectory: values.TLS_DIR,
  }),
});
