/** Stands for every secret, however long, wherever one would be shown. */
export const mask = "••••";
