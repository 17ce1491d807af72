/** What is there is not what is wanted, and only a new layout removes it. */
export class Misfit extends Error {}
