/** What an overview is where there are no findings. */
import type { Overview } from '../../report/overview.js';

export const EMPTY_OVERVIEW: Overview = {
  timeline: { step: '1 day', slots: [], lanes: [], undated: 0 },
  breakdowns: [],
  attention: [],
};
