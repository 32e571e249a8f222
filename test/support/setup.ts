import fc from 'fast-check';

/** Random tests draw the same cases in every run, so that a run that failed can be had again; `FC_SEED` draws others. */
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env.FC_SEED ?? 20261125) });
