/** Where reports go: standard output, or files whose endings say the format. */
import { HuntError } from '../errors.js';
import { formatOf, FORMATS, type FormatName } from '../report/formats.js';
import type { Report } from '../report/report.js';
import { writeFiles } from '../report/write.js';
import type { Config } from './config.js';
import type { World } from './world.js';
