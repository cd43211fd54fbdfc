import { answerRequests } from '../answer-requests.ts';

const kept: Uint8Array[] = [];

// Does to itself what hostile input might do to the real one, as the document asks.
answerRequests(async (bytes) => {
  const text = new TextDecoder().decode(bytes);
  const started = process.cpuUsage();
  const spentMs = (): number => {
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1000;
  };
  if (text.includes('crash')) process.exit(7);
  while (text.includes('hang')) kept.length = 0;
  while (text.includes('slow') && spentMs() < 400) kept.length = 0;
  if (text.includes('memory')) kept.push(new Uint8Array(200 * 2 ** 20).fill(1));
  const breaches = text.includes('wrong') ? [{ promise: 'nothing is wrong', detail: text }] : [];
  return { breaches, slowestMs: spentMs() };
});
