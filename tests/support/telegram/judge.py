"""Judges a Bot API by aiogram's models.

judge.py exchanges < lines   each line {"method", "request", "answer"}: prints one problem a line
judge.py talk URL TOKEN CHAT PERSON   asks everything of a server as aiogram's own client does
"""

import asyncio
import json
import sys

from aiogram import Bot, methods
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramAPIError
from aiogram.methods.base import Response
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup
from pydantic import BaseModel, ValidationError


def strangers(value, path=""):
    """Fields that aiogram, and so the Bot API, does not know."""
    if isinstance(value, BaseModel):
        for name in value.model_extra or {}:
            yield f"{path}.{name}"
        for name in value.model_fields_set:
            yield from strangers(getattr(value, name, None), f"{path}.{name}")
    elif isinstance(value, (list, tuple)):
        for place, each in enumerate(value):
            yield from strangers(each, f"{path}[{place}]")


def judge(exchange):
    name = exchange["method"]
    model = getattr(methods, name[0].upper() + name[1:], None)
    if model is None:
        yield f"{name}: there is no such method"
        return
    try:
        yield from (f"{name}: request{each} is unknown" for each in strangers(model.model_validate(exchange["request"])))
        answer = Response[model.__returning__].model_validate(exchange["answer"])
        yield from (f"{name}: answer{each} is unknown" for each in strangers(answer))
        if answer.ok and answer.result is None:
            yield f"{name}: the answer says yes, and nothing else"
        if not answer.ok and (answer.error_code is None or not answer.description):
            yield f"{name}: the answer says no, and not why"
    except ValidationError as error:
        yield f"{name}: {error}"


async def attempt(work):
    try:
        return type(await work).__name__
    except TelegramAPIError as error:
        return type(error).__name__


async def talk(url, token, chat, person):
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    bot = Bot(token, session=session)
    buttons = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="yes", callback_data="y")]])
    said = {"getMe": await attempt(bot.get_me())}
    said["getChat"] = await attempt(bot.get_chat(chat))
    said["getChatMember"] = await attempt(bot.get_chat_member(chat, person))
    topic = await bot.create_forum_topic(chat, "A topic")
    message = await bot.send_message(
        chat, "<b>bold</b> &amp; plain", parse_mode="HTML", message_thread_id=topic.message_thread_id, reply_markup=buttons
    )
    said["html_text"] = message.html_text
    edit = {"chat_id": chat, "message_id": message.message_id}
    said["edited"] = (await bot.edit_message_text("<i>other</i>", parse_mode="HTML", reply_markup=buttons, **edit)).text
    said["unchanged"] = await attempt(bot.edit_message_text("<i>other</i>", parse_mode="HTML", reply_markup=buttons, **edit))
    said["markup"] = await attempt(bot.edit_message_reply_markup(reply_markup=None, **edit))
    said["photo"] = await attempt(bot.send_photo(chat, BufferedInputFile(b"png", "map.png"), caption="The map"))
    said["unclosed"] = await attempt(bot.send_message(chat, "<b>open", parse_mode="HTML"))
    said["too long"] = await attempt(bot.send_message(chat, "x" * 4097))
    said["longest"] = await attempt(bot.send_message(chat, "x" * 4096))
    said["no topic"] = await attempt(bot.send_message(chat, "lost", message_thread_id=99_999))
    said["deleted"] = await attempt(bot.delete_message(chat, message.message_id))
    said["no chat"] = await attempt(bot.send_message(-1, "hello"))
    for _ in range(20):
        said["flood"] = await attempt(bot.send_message(chat, "again"))
        if said["flood"] != "Message":
            break
    said["updates"] = sorted({update.event_type for update in await bot.get_updates(timeout=0)})
    await bot.session.close()
    print(json.dumps(said))


if __name__ == "__main__":
    if sys.argv[1] == "exchanges":
        for line in sys.stdin:
            for problem in judge(json.loads(line)):
                print(problem)
    else:
        asyncio.run(talk(sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5])))
