/** In an interim answer (102): what the answer waits for. `approval`: the person has to decide about the program first. */
export const WAITS_HEADER = 'Tokentray-Waits-For';
