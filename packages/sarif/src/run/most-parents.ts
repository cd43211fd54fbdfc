/** Archives lie in archives, but not hundreds deep: what is, was made to be followed for ever, and for each result anew. */
export const mostParents = 100;
