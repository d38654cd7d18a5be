/** What must not get into any log, wherever in a text it stands: passwords in URLs, credentials, addresses, tokens. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, '$1[redacted]@'],
  [/\b(bearer|basic)\s+[\w.~+/=-]+/gi, '$1 [redacted]'],
  [/[\w.%+-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+/g, '[redacted]'],
  [/\beyJ[\w-]+\.[\w-]*(?:\.[\w-]*){1,3}/g, '[redacted]'],
  [/\b((?:set-)?cookie|authorization)(["']?\s*[=:]\s*).+/gi, '$1$2[redacted]'],
  // `password=…`, `password:…` and `"password": "…"`; a sentence goes on after a colon and a space.
  [
    /\b((?:[\w-]*[_-])?(?:password|passwd|secret|token|api[_-]?key)["']?(?:\s*=\s*|:|\s*:\s*(?=["']))["']?)[^\s"',;&]+/gi,
    '$1[redacted]',
  ],
];

export function scrub(text: string): string {
  return PATTERNS.reduce((clean, [pattern, replacement]) => clean.replaceAll(pattern, replacement), text);
}
