import type { NextServer } from '@tbi/testing';

/** A browser without scripts: keeps cookies, follows nothing, sends forms. */
export function createClient(site: NextServer, jar = new Map<string, string>()) {
  async function ask(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await site.fetch(path, {
      redirect: 'manual',
      ...init,
      headers: { cookie, ...init.headers },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }

  /** To an endpoint of next-auth, with its token. */
  async function post(path: string, fields: Record<string, string>): Promise<Response> {
    const { csrfToken } = (await (await ask('/api/auth/csrf')).json()) as { csrfToken: string };
    return ask(path, { method: 'POST', body: new URLSearchParams({ ...fields, csrfToken }) });
  }

  return {
    jar,
    ask,
    post,
    signIn: (fields: { readonly email: string; readonly password: string }) =>
      post('/api/auth/callback/credentials', fields),
    /** The address of whoever is signed in, as next-auth tells. */
    async whoIs(): Promise<string | undefined> {
      const session = (await (await ask('/api/auth/session')).json()) as { user?: { email: string } };
      return session.user?.email;
    },
    /** Sends the form of a page that has a button with this text. */
    async submit(page: string, button: string, fields: Record<string, string> = {}): Promise<Response> {
      const html = await (await ask(page)).text();
      const form = html.match(/<form\b.*?<\/form>/gs)?.find((part) => part.includes(`>${button}</button>`));
      if (form === undefined) throw new Error(`${page} has no form with the button ${button}`);
      const body = new FormData();
      for (const [input] of form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
        body.set(attribute(input, 'name'), attribute(input, 'value'));
      }
      for (const [name, value] of Object.entries(fields)) body.set(name, value);
      return ask(page, { method: 'POST', body });
    },
  };
}

function attribute(tag: string, name: string): string {
  const text = new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
  return text.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}
