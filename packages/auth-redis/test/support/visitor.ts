import type { NextServer } from '@tbi/testing';

/** A browser without a screen: keeps cookies, follows nothing. */
export function createVisitor(site: NextServer) {
  const jar = new Map<string, string>();

  async function ask(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { cookie, 'user-agent': 'Mozilla/5.0 Firefox/130.0', ...init.headers };
    const response = await site.fetch(path, { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      const ended = value === '' || /max-age=0/i.test(line) || /expires=Thu, 01 Jan 1970/i.test(line);
      if (ended) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }

  return {
    jar,
    ask,
    json: async <T>(path: string): Promise<T> => (await ask(path)).json() as Promise<T>,
    async post(path: string, fields: Record<string, string>): Promise<Response> {
      const { csrfToken } = (await (await ask('/api/auth/csrf')).json()) as { csrfToken: string };
      return ask(path, { method: 'POST', body: new URLSearchParams({ ...fields, csrfToken }) });
    },
  };
}
