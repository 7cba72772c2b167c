"""Pages: one module for each screen, thin: it asks the register, shapes plain data and names a template.

>>> router = APIRouter()
>>> SCREEN = Screen("log", "/log", 90)
>>>
>>> @router.get("/log")
>>> def listing(desk: Reader, before: int = 0) -> Response:
>>>     with desk.snapshot() as connection:
>>>         ...
>>>     return desk.page("log/list.html", data)
"""
