/** Scripts of pages as text; `embedded-script.ts` makes it. */
declare module '*?embedded' {
  const text: string;
  export default text;
}
