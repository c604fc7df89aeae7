/**
 * The script of a page. The page is complete without it: the script lets a reader choose, sort and open findings, shows events that
 * are packed, and keeps what was chosen in the address.
 */
import { chooseByTime } from './chart.js';
import { watchFolds } from './folds.js';
import { readListing } from './listing.js';
import { Packs } from './packs.js';
import { chooseByFlags, chooseByNames, sortTables } from './tables.js';
import { View } from './view.js';

const packs = new Packs();
watchFolds(packs);
sortTables();
const listing = readListing();
if (listing !== undefined) {
  const view = new View(listing, packs);
  chooseByNames(view);
  chooseByFlags(view);
  chooseByTime(view);
  view.start();
}
