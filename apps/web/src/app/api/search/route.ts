import { namesOf, readParameters, searchParameters } from '../../../server/api/parameters.ts';
import { listTags, readReportPage } from '../../../server/api/report-page.ts';
import { jsonResponse, responseTags } from '../../../server/api/respond.ts';
import { withCache } from '../../../server/api/with-cache.ts';
import { defaultReportQuery } from '../../../server/report-query.ts';

/** Published reports with the words `q` in a `locale`, by `page`. Short-lived: visitors make up words without end. */
export const GET = withCache({
  ttl: 60,
  staleIfError: 300,
  tags: responseTags,
  query: namesOf(searchParameters),
})(async (request) => {
  const parameters = readParameters(request, searchParameters);
  if (!parameters.ok) return parameters.response;
  const { locale, q, page } = parameters.values;
  return jsonResponse(await readReportPage(locale, { ...defaultReportQuery, q, page }), listTags);
});
