import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { deployEnv } from '@tbi/env';
import { createTemporaryFolder } from '@tbi/testing';
import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { NGINX_DEFAULTS } from '../../deploy/nginx/render.mjs';
import { root } from '../lib/root.mjs';

const run = promisify(execFile);
const read = (name: string) => readFile(join(root, name), 'utf8');

/** Checks a compose file against the schema of the Compose specification. */
async function validate(file: string): Promise<string> {
  const manifest = createRequire(join(root, 'package.json')).resolve('dclint/package.json');
  const dclint = join(dirname(manifest), 'bin', 'dclint.cjs');
  const { stdout } = await run(process.execPath, [dclint, '--formatter', 'json', file]).catch(
    (failed: { stdout: string }) => failed,
  );
  const [report] = JSON.parse(stdout) as { messages: { rule: string; message: string; line: number }[] }[];
  return (report?.messages ?? [])
    .filter(({ rule }) => rule === 'invalid-schema')
    .map(({ line, message }) => `${line}: ${message}`)
    .join('\n');
}

describe('docker-compose.yml', () => {
  it('is valid by the schema of the Compose specification', async () => {
    expect(await validate(join(root, 'docker-compose.yml'))).toBe('');
    const folder = await createTemporaryFolder('compose');
    const broken = join(folder.path, 'docker-compose.yml');
    await writeFile(broken, 'services:\n  web:\n    image: a\n    read_only: 3\n    memory: 1g\n');
    expect(await validate(broken)).not.toBe('');
    await folder.remove();
  });

  const production = ['migrate', 'web', 'nginx'] as const;

  it.each(production)('%s can change nothing but what it must, and is nobody but itself', async (name) => {
    const service = parse(await read('docker-compose.yml')).services[name];
    expect(service).toMatchObject({
      profiles: ['production'],
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
    expect(service.mem_limit).toMatch(/^\d+[mg]$/);
    expect(service.privileged).toBeUndefined();
    expect(service.network_mode).toBeUndefined();
  });

  it('opens nothing of the site but Nginx', async () => {
    const { services } = parse(await read('docker-compose.yml'));
    expect(services.web.ports).toBeUndefined();
    expect(services.nginx.ports).toEqual(['80:8080', '443:8443']);
  });

  it('makes all images of one build, which knows the address of the site', async () => {
    const { services } = parse(await read('docker-compose.yml'));
    for (const name of production) {
      expect(services[name].build.context).toBe('.');
      expect(services[name].build.args).toEqual({ NEXTAUTH_URL: services.web.environment.NEXTAUTH_URL });
    }
  });

  it('lets the administrator be seeded as in production', async () => {
    const { environment } = parse(await read('docker-compose.yml')).services.migrate;
    expect(environment).toMatchObject({
      ADMIN_EMAIL: expect.stringContaining('ADMIN_EMAIL'),
      ADMIN_PASSWORD: expect.stringContaining('ADMIN_PASSWORD'),
    });
    expect(await read('Dockerfile')).toMatch(/^FROM build AS migrate\nENV NODE_ENV=production$/m);
  });

  it('takes a missing folder of certificates for an error, and the default that is documented', async () => {
    const [volume] = parse(await read('docker-compose.yml')).services.nginx.volumes;
    expect(volume).toMatchObject({ type: 'bind', read_only: true, bind: { create_host_path: false } });
    expect(volume.source).toBe(`\${TLS_DIR:-${deployEnv.variables.TLS_DIR?.default}}`);
  });

  it('gives a worker as long to end as it may take', async () => {
    const { services } = parse(await read('docker-compose.yml'));
    const { apps } = createRequire(import.meta.url)(join(root, 'deploy', 'ecosystem.config.cjs'));
    expect(services.web.stop_grace_period).toBe(`${apps[0].kill_timeout / 1_000}s`);
  });

  it('runs Nginx with the settings of deploy/nginx, every one of them', async () => {
    const { environment } = parse(await read('docker-compose.yml')).services.nginx;
    expect(Object.keys(environment).sort()).toEqual(Object.keys(NGINX_DEFAULTS).sort());
    for (const [name, value] of Object.entries(NGINX_DEFAULTS)) {
      if (/RATE|BURST|CONNECTIONS/.test(name)) expect(String(environment[name]), name).toBe(value);
    }
  });
});

interface Instruction {
  readonly name: string;
  readonly text: string;
}

/** The instructions of each stage, continued lines joined, comments left out. */
function stagesOf(dockerfile: string): Instruction[][] {
  const lines = dockerfile.replaceAll(/\\\n\s*/g, ' ').split('\n');
  const instructions = lines
    .map((line) => /^([A-Z]+)\s+(.*)$/.exec(line.trim()))
    .flatMap((match) => (match ? [{ name: match[1] ?? '', text: match[2] ?? '' }] : []));
  const stages: Instruction[][] = [];
  for (const instruction of instructions) {
    if (instruction.name === 'FROM') stages.push([]);
    stages.at(-1)?.push(instruction);
  }
  return stages;
}

describe('the Dockerfile', async () => {
  const stages = stagesOf(await read('Dockerfile'));
  const named = new Map(stages.map((stage) => [/ AS (\w+)$/.exec(stage[0]?.text ?? '')?.[1] ?? '', stage]));
  const last = (stage: Instruction[] | undefined, name: string) =>
    stage?.findLast((instruction) => instruction.name === name)?.text;

  test('pins its base images to a version', () => {
    for (const [first] of stages) {
      const image = first?.text.split(' ')[0] ?? '';
      if (!named.has(image)) expect(image).toMatch(/^[a-z]+:\d+\.\d+\.\d+/);
    }
  });

  test.each(['migrate', 'web', 'proxy'])(
    '%s does not run as root, and says how its health is found out',
    (name) => {
      const stage = named.get(name);
      expect(last(stage, 'USER')).toMatch(/^(node|nginx)$/);
      expect(last(stage, 'HEALTHCHECK')).toBeDefined();
    },
  );

  test('starts programs without a shell in between, which would keep signals from them', () => {
    for (const stage of stages) {
      for (const { name, text } of stage) {
        if (['CMD', 'ENTRYPOINT'].includes(name)) expect(text).toMatch(/^\[.*\]$/);
      }
    }
  });

  test('copies, and downloads nothing by ADD; uses no sudo, no latest, no secret', async () => {
    const text = await read('Dockerfile');
    expect(text).not.toMatch(/^ADD |sudo|:latest|curl |wget /m);
    expect(text).not.toMatch(/(SECRET|PASSWORD|TOKEN)\w*=/);
  });

  test('leaves the tools of the build behind: what runs is copied from it', () => {
    for (const name of ['web', 'proxy']) {
      expect(named.get(name)?.[0]?.text).not.toMatch(/^build /);
      expect(named.get(name)?.some(({ text }) => text.startsWith('--from=build'))).toBe(true);
    }
  });

  test('uses the version of pnpm that the repository is pinned to', async () => {
    const { packageManager } = JSON.parse(await read('package.json'));
    for (const [used] of (await read('Dockerfile')).matchAll(/pnpm@[\d.]+/g))
      expect(used).toBe(packageManager);
  });

  test('sees no secrets and nothing built elsewhere', async () => {
    const ignored = (await read('.dockerignore')).split('\n');
    expect(ignored).toEqual(
      expect.arrayContaining(['.env', '.env.*', '.git', '**/node_modules', '**/.next*', '*.key']),
    );
  });
});
