const combiningMarks = /\p{Mark}+/gu;
const notSearchable = /[^\p{Letter}\p{Number}]+/gu;
const katakana = /[\u30a1-\u30f6]/g;
const hiraganaOffset = 0x60;
const smallHiragana = /[ぁぃぅぇぉっゃゅょゎ]/g;
/** Letters that Unicode does not decompose, though people and MySQL's collation take them for others. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
};

/**
 * Text in the one form in which it is searched: lower case, without accents, katakana as (large) hiragana, anything
 * but letters and digits as single spaces. Both databases then find the same with `contains`, whatever their
 * collations think of case and accents, and `%` and `_` cannot act as wildcards.
 */
export function normaliseSearchText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(combiningMarks, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[ßæœøłđı]/g, (letter) => plainLetters[letter] ?? letter)
    .replace(katakana, (letter) => String.fromCharCode(letter.charCodeAt(0) - hiraganaOffset))
    .replace(smallHiragana, (letter) => String.fromCharCode(letter.charCodeAt(0) + 1))
    .replace(notSearchable, ' ')
    .trim();
}

/** What a search looks in: `ReportTranslation.searchText`. To be renewed when one of these texts changes. */
export function reportSearchText(texts: {
  readonly code: string;
  readonly title: string;
  readonly summary: string;
  readonly keyPlayers: readonly string[];
}): string {
  return normaliseSearchText([texts.title, texts.code, ...texts.keyPlayers, texts.summary].join(' \n '));
}

/**
 * A visitor's words as filters on `ReportTranslation`; every word must be found. At most eight words count,
 * which bounds the work of a query.
 *
 * @example where: { translations: { some: { locale, AND: searchFilters(words) } } }
 */
export function searchFilters(words: string): { searchText: { contains: string } }[] {
  return normaliseSearchText(words)
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, 8)
    .map((word) => ({ searchText: { contains: word } }));
}
