//! What operations do to a tree, whatever the text: what an amended text is compared with.

use rulebook::{Kind, Node, Number};
use serde_json::{Map, Value};

/// The values alone, without places.
pub(super) fn plain(node: &Node<'_>) -> Value {
    match &node.resolved().kind {
        Kind::Null | Kind::Shared(_) | Kind::Joined(_) => Value::Null,
        Kind::Bool(value) => Value::Bool(*value),
        Kind::Number(Number::Unsigned(number)) => (*number).into(),
        Kind::Number(Number::Signed(number)) => (*number).into(),
        Kind::Number(Number::Float(number)) => (*number).into(),
        Kind::String(text) => Value::from(text.as_ref()),
        Kind::Array(items) => items.iter().map(plain).collect(),
        Kind::Object(members) => {
            let members = members.iter();
            let members = members.map(|member| (member.key.to_string(), plain(&member.value)));
            Value::Object(members.collect::<Map<_, _>>())
        }
    }
}

/// Carries operations out; nothing if one of them cannot be.
pub(super) fn apply(tree: &mut Value, operations: &Value) -> Option<()> {
    for operation in operations.as_array()? {
        let text = |name: &str| operation.get(name).and_then(Value::as_str);
        let path = text("path")?;
        match text("op")? {
            "replace" => *tree.pointer_mut(path)? = operation.get("value")?.clone(),
            "add" => add(tree, path, operation.get("value")?.clone())?,
            "remove" => drop(remove(tree, path)?),
            "move" => {
                let value = remove(tree, text("from")?)?;
                add(tree, path, value)?;
            }
            _ => return None,
        }
    }
    Some(())
}

fn add(tree: &mut Value, path: &str, value: Value) -> Option<()> {
    let (parent, last) = path.rsplit_once('/')?;
    match tree.pointer_mut(parent)? {
        Value::Object(members) => {
            members.insert(unescaped(last), value);
        }
        Value::Array(items) if last == "-" => items.push(value),
        Value::Array(items) => {
            let index: usize = last.parse().ok().filter(|&index| index <= items.len())?;
            items.insert(index, value);
        }
        _ => return None,
    }
    Some(())
}

fn remove(tree: &mut Value, path: &str) -> Option<Value> {
    let (parent, last) = path.rsplit_once('/')?;
    match tree.pointer_mut(parent)? {
        Value::Object(members) => members.remove(&unescaped(last)),
        Value::Array(items) => {
            let index: usize = last.parse().ok().filter(|&index| index < items.len())?;
            Some(items.remove(index))
        }
        _ => None,
    }
}

/// One step of a pointer as the key it means.
pub(super) fn unescaped(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}
