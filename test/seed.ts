/**
 * Random tests ask the same at each run, so that a failure is due to the change and not to chance. `SEED=random` asks anew; a failure
 * then names its seed, and `SEED=N` asks that again.
 */
import { configureGlobal } from 'fast-check';

const USUAL = 30;
const { SEED: seed = String(USUAL) } = process.env;
if (seed !== 'random') configureGlobal({ seed: Number(seed) });
