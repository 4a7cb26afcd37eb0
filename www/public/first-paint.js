// Runs before anything is drawn, so that the page does not appear in one theme and change to another. What the user
// chooses later is up to src/theme.ts.
try {
  const theme = localStorage.getItem("ecs-console-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Where storage is forbidden, nothing was chosen.
}
