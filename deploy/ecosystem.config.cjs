const { join } = require('node:path');

/*
 * The site under PM2: `pnpm deploy:local` starts or reloads it. Variables of the site (.env.example) reach the workers
 * from whoever runs that command, which has checked those of the deployment. DEPLOY_DIR holds the releases; `current`
 * in it is the one that runs.
 */
const deployDir = process.env.DEPLOY_DIR || join(__dirname, '..', '.data', 'deploy');

module.exports = {
  apps: [
    {
      name: 'tbi-web',
      // Through the link, so that a reload starts what it points to now.
      cwd: join(deployDir, 'current'),
      script: 'apps/web/serve.mjs',

      // One worker for each core; they share the port.
      exec_mode: 'cluster',
      instances: process.env.DEPLOY_INSTANCES || 'max',

      // An old worker is asked to end only when its successor has said that it is ready.
      wait_ready: true,
      listen_timeout: 30_000,
      // A worker ends within 25 s (apps/web/src/serve/main.ts): requests 20 s, connections to Redis 5 s.
      kill_timeout: 30_000,

      // A worker holds about 150 MB and up to CACHE_L1_MAX_BYTES of copies. One that leaks is replaced as in a reload.
      max_memory_restart: process.env.DEPLOY_MAX_MEMORY || '768M',
      // One that cannot start is tried again at growing intervals, up to 15 s, instead of as fast as it fails.
      exp_backoff_restart_delay: 200,
      min_uptime: 10_000,

      // Workers write them themselves (apps/web/src/serve/log-files.ts). Rotated by deploy/logrotate.conf.
      out_file: join(deployDir, 'logs', 'out.log'),
      error_file: join(deployDir, 'logs', 'error.log'),
      merge_logs: true,

      env: {
        NODE_ENV: 'production',
        NEXT_TELEMETRY_DISABLED: '1',
        // Nginx is in front.
        BIND_ADDRESS: process.env.BIND_ADDRESS || '127.0.0.1',
        PORT: process.env.PORT || '3000',
      },
    },
  ],
};
