"""One step per file: `async def step(case: Case, tools: Tools) -> Update`."""
