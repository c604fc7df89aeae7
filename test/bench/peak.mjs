/** To be imported before a program: writes its peak of memory, in bytes, and its CPU time, in seconds, where BENCH_PEAK says, when it ends. */
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

if (isMainThread)
  process.on('exit', () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    const used = { peak: maxRSS * 1024, cpu: (userCPUTime + systemCPUTime) / 1e6 };
    writeFileSync(process.env['BENCH_PEAK'], JSON.stringify(used));
  });
