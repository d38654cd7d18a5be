export type InfoValue = number | string | Readonly<Record<string, number | string>>;
export type Info = Readonly<Record<string, Readonly<Record<string, InfoValue>>>>;

/** Version numbers, addresses and checksums may look like numbers. */
const TEXT = /(^|_)(version|id|hash|sha1|host|build_id|git_dirty|name|path|ip)$|^(run_id|os|executable)$/;

/** The reply to `INFO` by section: numbers as numbers, `a=1,b=2` as records, everything else as text. */
export function parseInfo(reply: string): Info {
  const sections: Record<string, Record<string, InfoValue>> = {};
  let section: Record<string, InfoValue> = {};
  for (const line of reply.split(/\r?\n/)) {
    const title = /^# (.+)$/.exec(line)?.[1];
    if (title !== undefined) {
      section = {};
      sections[title.trim().toLowerCase().replaceAll(' ', '_')] = section;
      continue;
    }
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const name = line.slice(0, colon);
    section[name] = parseValue(name, line.slice(colon + 1));
  }
  return sections;
}

function parseValue(name: string, text: string): InfoValue {
  if (!/^[^=,]+=[^=]*(,[^=,]+=[^=]*)*$/.test(text)) return TEXT.test(name) ? text : scalar(text);
  const pairs = text.split(',').map((pair) => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at), scalar(pair.slice(at + 1))] as const;
  });
  return Object.fromEntries(pairs);
}

function scalar(text: string): number | string {
  return /^-?\d+(\.\d+)?$/.test(text) && Number.isFinite(Number(text)) ? Number(text) : text;
}

/** A figure of a section; 0 where this version of Redis does not tell it. */
export function figure(info: Info, section: string, name: string): number {
  const value = info[section]?.[name];
  return typeof value === 'number' ? value : 0;
}

export function word(info: Info, section: string, name: string): string {
  const value = info[section]?.[name];
  return typeof value === 'object' || value === undefined ? '' : String(value);
}
