import { notFound } from 'next/navigation';

/** Makes every other address of a language this language's 404 page. */
export default function UnknownPage() {
  notFound();
}
