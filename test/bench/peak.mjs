/** To be imported before a program: writes its peak of memory, in bytes, where BENCH_PEAK says, when it ends. */
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

if (isMainThread)
  process.on('exit', () => {
    writeFileSync(process.env['BENCH_PEAK'], String(process.resourceUsage().maxRSS * 1024));
  });
