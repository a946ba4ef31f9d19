/** What an artist, a user or a log line may be called by someone who means harm. */
export const hostile = [
  '</script><script>window.pwned = 1</script>',
  '<img src=x onerror="window.pwned = 2">',
  "$& $` $' {{report}} {{scores}} <!-- ]]>",
  '=HYPERLINK("http://example.org")',
  'line\u2028separator\u2029and \u202eright to left',
];
