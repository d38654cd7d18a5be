# The site, its database's migrations, and Nginx in front: three images from one build. Not yet run in Docker;
# scripts/test/containers.test.ts checks the files. docker-compose.yml has the rest: profile "production".

FROM node:22.20.0-bookworm-slim AS build
WORKDIR /src
ENV CI=true NEXT_TELEMETRY_DISABLED=1
# First what changes seldom: the layers of the dependencies are kept until a manifest changes.
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY apps/web/package.json apps/web/
COPY packages packages
RUN npx -y pnpm@12.21.0 install --frozen-lockfile
COPY . .
# The site's address, https://…: prerendered pages contain it, and a site with another one does not use them.
ARG NEXTAUTH_URL
# Needs neither Redis nor MySQL: it reads a SQLite file that it fills itself.
RUN npx -y pnpm@12.21.0 build

# ── Once before each release: applies what is missing in the database ────────────────────────────────────
FROM build AS migrate
ENV NODE_ENV=production
USER node
HEALTHCHECK NONE
CMD ["node", "--import", "tsx", "packages/database/src/cli/migrate.ts"]

# ── The site ─────────────────────────────────────────────────────────────────────────────────────────────
FROM node:22.20.0-bookworm-slim AS web
WORKDIR /srv/tbi
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 BIND_ADDRESS=0.0.0.0 PORT=3000 CACHE_SPOOL_DIR=/var/spool/tbi
RUN install -d -o node -g node /var/spool/tbi
# The site can read itself and change nothing: only its spool is its own.
COPY --from=build --chown=root:node /src/apps/web/.next/standalone ./
USER node
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=3s --start-period=20s --retries=3 \
    CMD ["node", "-e", "fetch('http://127.0.0.1:3000/api/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "apps/web/serve.mjs"]

# ── Nginx, with the files for browsers of this release ───────────────────────────────────────────────────
FROM nginx:1.28.0-alpine AS proxy
RUN rm /etc/nginx/conf.d/default.conf
COPY deploy/nginx/site.conf.template /etc/nginx/templates/tbi.conf.template
COPY --from=build /src/apps/web/.next/static /srv/tbi/static/_next/static
# It fills in the template when it starts, as the user that it stays.
RUN chown nginx:nginx /etc/nginx/conf.d
ENV NGINX_ENVSUBST_FILTER=^TBI_
USER nginx
EXPOSE 8080 8443
STOPSIGNAL SIGQUIT
HEALTHCHECK --interval=10s --timeout=3s --retries=3 CMD ["nginx", "-t", "-q"]
