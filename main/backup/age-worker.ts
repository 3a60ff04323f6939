import { parentPort, workerData } from 'node:worker_threads';
import { processAge, type AgeTask } from './age-format.ts';

void processAge(workerData as AgeTask).then((answer) => {
  parentPort?.postMessage(answer);
});
