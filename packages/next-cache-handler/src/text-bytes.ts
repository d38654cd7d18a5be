/** `base64`: the text is the base64 form of the bytes. `utf16le`: it is not well-formed and UTF-8 would change it. */
export type TextEncoding = 'utf8' | 'utf16le' | 'base64';

/** The shortest bytes that give back exactly this text. Base64 is looked for only where the caller expects it. */
export function textToBytes(
  text: string,
  { mayBeBase64 = false } = {},
): { readonly bytes: Buffer; readonly encoding: TextEncoding } {
  if (mayBeBase64 && text.length > 0 && text.length % 4 === 0) {
    const bytes = Buffer.from(text, 'base64');
    if (bytes.toString('base64') === text) return { bytes, encoding: 'base64' };
  }
  const encoding = text.isWellFormed() ? 'utf8' : 'utf16le';
  return { bytes: Buffer.from(text, encoding), encoding };
}

export function bytesToText(bytes: Buffer, encoding: TextEncoding): string {
  return bytes.toString(encoding);
}
