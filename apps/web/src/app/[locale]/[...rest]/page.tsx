import { notFound } from 'next/navigation';

/** Nothing of an unknown address can be rendered in advance. */
export const instant = false;

/** Makes every other address of a language this language's 404 page. */
export default function UnknownPage() {
  notFound();
}
