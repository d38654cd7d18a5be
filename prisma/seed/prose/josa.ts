const firstSyllable = 0xac00;
const lastSyllable = 0xd7a3;
const finals = 28;

/** The two forms of a Korean particle: after a final consonant, and after a vowel. */
const forms = {
  subject: ['이', '가'],
  topic: ['은', '는'],
  object: ['을', '를'],
  and: ['과', '와'],
} as const;

/**
 * A word with the form of the particle that its last sound demands.
 *
 * @param word must end in a Hangul syllable
 * @throws RangeError otherwise: how a Latin letter or a digit is read cannot be told from its shape
 */
export function josa(word: string, particle: keyof typeof forms): string {
  const code = word.charCodeAt(word.length - 1);
  if (!(code >= firstSyllable && code <= lastSyllable)) {
    throw new RangeError(`"${word}" does not end in a Hangul syllable`);
  }
  const endsInVowel = (code - firstSyllable) % finals === 0;
  return word + forms[particle][endsInVowel ? 1 : 0];
}
