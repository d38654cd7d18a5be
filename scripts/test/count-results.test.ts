import { expect, test } from 'vitest';
import { countResults } from '../lib/count-results.mjs';

const passedFile = { status: 'passed', assertionResults: [{ status: 'passed' }, { status: 'passed' }] };
const base = { lintResults: [], report: { testResults: [passedFile] }, exitCode: 0, picked: false };

test('lint steps count as tests', () => {
  const lintResults = [{ passed: true }, { passed: false }];
  expect(countResults({ ...base, lintResults })).toEqual({ passed: 3, failed: 1 });
});

test('a failed test is one failure', () => {
  const failed = { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] };
  const report = { testResults: [passedFile, failed] };
  expect(countResults({ ...base, report, exitCode: 1 })).toEqual({ passed: 3, failed: 1 });
});

test('a file that could not be loaded is one failure', () => {
  const report = { testResults: [passedFile, { status: 'failed', assertionResults: [] }] };
  expect(countResults({ ...base, report, exitCode: 1 })).toEqual({ passed: 2, failed: 1 });
});

test('a skipped test is a failure unless tests were picked by name', () => {
  const report = {
    testResults: [passedFile, { status: 'passed', assertionResults: [{ status: 'skipped' }] }],
  };
  expect(countResults({ ...base, report })).toEqual({ passed: 2, failed: 1 });
  expect(countResults({ ...base, report, picked: true })).toEqual({ passed: 2, failed: 0 });
});

test('an error outside of tests is a failure', () => {
  expect(countResults({ ...base, exitCode: 1 })).toEqual({ passed: 2, failed: 1 });
});

test('a run without a test is a failure, with and without a report', () => {
  const lintResults = [{ passed: true }];
  expect(countResults({ ...base, lintResults, report: { testResults: [] } })).toEqual({
    passed: 1,
    failed: 1,
  });
  expect(countResults({ ...base, lintResults, report: null, exitCode: 1 })).toEqual({ passed: 1, failed: 1 });
});
