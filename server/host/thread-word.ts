/**
 * The word that makes a second thread of a start: the operating system lets no argument hold a NUL, so nobody can write it
 * on a command line.
 */
export const threadWord = "\0thread";
