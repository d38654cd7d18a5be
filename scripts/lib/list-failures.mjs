/**
 * @typedef {object} FailedAssertion
 * @property {string} status
 * @property {string} fullName
 * @property {readonly string[]} [failureMessages]
 *
 * @typedef {object} TestFile One file of Vitest's JSON report, as far as it is read here.
 * @property {string} name its path
 * @property {string} status
 * @property {string} [message] why it could not be loaded
 * @property {readonly FailedAssertion[]} assertionResults
 */

/**
 * One line for each step of lint and each test that failed, and for each file that could not be loaded: what a reader
 * of a long log looks for first.
 *
 * @param {object} run
 * @param {readonly { name: string, passed: boolean }[]} run.lintResults
 * @param {{ testResults: readonly TestFile[] } | null} run.report null when Vitest wrote none
 * @param {string} run.root files are named relative to it
 * @returns {string[]}
 */
export function listFailures({ lintResults, report, root }) {
  const steps = lintResults.filter(({ passed }) => !passed).map(({ name }) => `FAILED lint: ${name}`);
  const tests = (report?.testResults ?? [])
    .filter(({ status }) => status === 'failed')
    .flatMap(({ name, message, assertionResults }) => {
      const file = name.replace(`${root}/`, '');
      const failed = assertionResults.filter(({ status }) => status === 'failed');
      if (failed.length === 0) return [`FAILED ${file}: ${firstLine(message)}`];
      return failed.map(
        ({ fullName, failureMessages }) => `FAILED ${file} > ${fullName}: ${firstLine(failureMessages?.[0])}`,
      );
    });
  return [...steps, ...tests];
}

const firstLine = (text = '') => text.trim().split('\n')[0];
