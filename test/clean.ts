/** Runs before each test file, also where files share their modules: removes the folders that the file made. */
import { afterAll } from 'vitest';
import { removeFolders } from './support/folders.js';

afterAll(removeFolders);
